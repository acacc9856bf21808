/** How images are named, for help and messages. */
export const dataHelp =
  'cifar10:DIR, cifar10-train:DIR, cifar100:DIR, cifar100-train:DIR, mnist:DIR, mnist-train:DIR, ' +
  'a folder of PNG or JPEG pictures or of one such folder per class, a .npz or .npy file, or a picture';
