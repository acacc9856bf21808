import type { ModelFacts } from '@nads/study';

/** What is in a model, and how it is treated. */
export function Facts({ facts }: { readonly facts: ModelFacts }) {
  const { estimate } = facts;
  return (
    <section aria-label="The model" class="facts">
      <h2>{facts.file}</h2>
      <dl>
        <Fact name="exported by" value={facts.producer || 'it does not say'} />
        <Fact name="operator set" value={String(facts.opset)} />
        <Fact name="inputs" value={facts.inputs.map(shapeOf).join(', ')} />
        <Fact name="outputs" value={facts.outputs.map(shapeOf).join(', ')} />
        <Fact
          name="operators"
          value={Object.entries(facts.operators)
            .map(([operator, count]) => `${count} ${operator}`)
            .join(', ')}
        />
        {estimate.possible ? (
          <>
            <Fact name="parameters" value={estimate.parameters.toLocaleString('en')} />
            <Fact name="last layer" value={estimate.head} />
            <Fact
              name="weights that stay as in the file"
              value={estimate.kept.map(({ node }) => node).join(', ') || 'none'}
            />
          </>
        ) : (
          <Fact name="cannot be estimated" value={estimate.reason} />
        )}
      </dl>
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const shapeOf = ({ name, dims }: ModelFacts['inputs'][number]): string =>
  `${name} [${dims?.join(', ') ?? '?'}]`;
