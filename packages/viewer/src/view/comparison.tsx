import type { Compared } from '../study/messages.js';

/** How much the leading directions of two results agree. */
export function Comparison({ compared: { names, subspaces } }: { readonly compared: Compared }) {
  return (
    <section aria-label="Comparison">
      <h2>
        {names[0]} and {names[1]}
      </h2>
      <div class="scrolling" tabIndex={0} role="region" aria-label="Overlaps">
        <table>
          <thead>
            <tr>
              <th scope="col">first</th>
              <th scope="col">overlap</th>
              <th scope="col">of random subspaces</th>
              <th scope="col">principal angles: smallest, median, largest</th>
            </tr>
          </thead>
          <tbody>
            {subspaces.map(({ top, overlap, chance, angles }) => (
              <tr key={top}>
                <th scope="row">{top}</th>
                <td>{overlap.toFixed(4)}</td>
                <td>{chance.toFixed(4)}</td>
                <td>{angles.map(angle => `${angle.toFixed(1)}°`).join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
