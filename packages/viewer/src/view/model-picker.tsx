import { useState } from 'preact/hooks';
import { chosenFiles, droppedFiles, type Dropped } from './dropped-files.js';
import { shippedModel, shippedModels } from './shipped-models.js';

/** A place for a model, a result or pictures: dropped, chosen from the disk, or a model that comes with nads. */
export function ModelPicker({ onPick }: { readonly onPick: (dropped: Dropped) => void }) {
  const [isOver, setOver] = useState(false);

  const take = async (files: Promise<Dropped | undefined>): Promise<void> => {
    const dropped = await files;
    if (dropped) onPick(dropped);
  };

  async function takeShipped(name: string): Promise<void> {
    const file = await shippedModel(name);
    if (file) onPick({ name, files: [file] });
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
        Drop an ONNX file, a folder of results or, for saliency, pictures here, or choose files{' '}
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
          {shippedModels.map(name => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </section>
  );
}
