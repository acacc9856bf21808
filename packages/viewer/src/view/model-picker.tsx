import { useState } from 'preact/hooks';
import { chosenFiles, droppedFiles, type Dropped } from './dropped-files.js';

/** Where the models that come with nads lie, by file name. */
const shipped = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>('../../../../models/*.onnx', {
      query: '?url',
      import: 'default',
      eager: true,
    }),
  ).map(([path, url]) => [path.split('/').at(-1)!, url]),
);

/** A place for a model or a result: dropped, chosen from the disk, or a model that comes with nads. */
export function ModelPicker({ onPick }: { readonly onPick: (dropped: Dropped) => void }) {
  const [isOver, setOver] = useState(false);

  const take = async (files: Promise<Dropped | undefined>): Promise<void> => {
    const dropped = await files;
    if (dropped) onPick(dropped);
  };

  async function takeShipped(name: string): Promise<void> {
    const answer = await fetch(shipped[name]);
    onPick({ name, files: [{ name, contents: new Uint8Array(await answer.arrayBuffer()) }] });
  }

  return (
    <section
      class={isOver ? 'picker over' : 'picker'}
      aria-label="Model"
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer) void take(droppedFiles(event.dataTransfer));
      }}
    >
      <label>
        Drop an ONNX file or a folder of results here, or choose files{' '}
        <input
          type="file"
          multiple
          onChange={event => void take(chosenFiles(event.currentTarget.files ?? []))}
        />
      </label>
      <label>
        or take a model that comes with nads{' '}
        <select
          onChange={event => {
            if (event.currentTarget.value) void takeShipped(event.currentTarget.value);
          }}
        >
          <option value="">choose …</option>
          {Object.keys(shipped).map(name => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </section>
  );
}
