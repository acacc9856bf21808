/** Where NADs come from. */
export const estimation = {
  nads: ['', 'NADs of one channel for all architectures; estimated where not given'],
  networks: ['12', 'networks that NADs are estimated from'],
};

/** How networks learn images here: options and their defaults. */
export const training = {
  data: [undefined, 'images to train with, as nads train takes them: cifar10-train:DIR'],
  'test-data': [undefined, 'images to test with: cifar10:DIR'],
  epochs: ['30', 'how often each image is seen'],
  rate: ['0.05', 'learning rate of the first step, falling linearly to 0'],
  batch: ['128', 'images in a step'],
  mean: ['0.4914,0.4822,0.4465', 'subtracted from pixels'],
  std: ['0.247,0.243,0.261', 'pixels are divided by'],
  workers: ['2', 'networks that are trained side by side, on one thread each'],
};

/** The arguments of nads train for them. */
export const trainingArguments = ({ epochs, rate, batch, mean, std }) => [
  '--epochs',
  epochs,
  '--rate',
  rate,
  '--batch',
  batch,
  '--mean',
  mean,
  '--std',
  std,
  '--momentum',
  '0.9',
  '--weight-decay',
  '5e-4',
  '--threads',
  '1',
];
