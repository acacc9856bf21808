import { OptionError } from '@nads/linalg';

/** Whether runs may take any number of images, and how many they take where they may not. */
interface Batch {
  readonly isFree: boolean;
  readonly images: number;
}

/** @throws OptionError where another number of images per run is wanted than a file takes whose batch cannot be freed */
export function requireFreeBatch({ isFree, images }: Batch, wanted: number | undefined): void {
  if (wanted !== undefined && !isFree && wanted !== images)
    throw new OptionError(
      'batch',
      `the file takes ${images} image(s) per run, and its batch cannot be freed; leave it out`,
    );
}
