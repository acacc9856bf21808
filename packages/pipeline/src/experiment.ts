import * as z from 'zod/mini';

const nameOfStage = /^[a-z][a-z0-9-]*$/;

const optionValue = z.union([z.string(), z.number(), z.boolean()]);

const stageSettings = z
  .strictObject({
    run: z.optional(z.string()),
    script: z.optional(z.string()),
    arguments: z.optional(z.array(z.string())),
    options: z.optional(z.record(z.string(), optionValue)),
    file: z.optional(z.string().check(z.regex(/^[A-Za-z0-9][\w.-]*$/, 'a plain file name'))),
    each: z.optional(
      z.record(
        z.string().check(z.regex(nameOfStage)),
        z
          .array(
            z.union([
              z.string().check(z.regex(/^[\w.-]+$/, 'letters, digits, dots, dashes')),
              z.number(),
            ]),
          )
          .check(z.minLength(1)),
      ),
    ),
    needs: z.optional(z.array(z.string())),
  })
  .check(
    z.refine(
      ({ run, script }) => (run === undefined) !== (script === undefined),
      'needs either run, a command, or script, a file',
    ),
  );

const experimentSchema = z.strictObject({
  $schema: z.optional(z.string()),
  title: z.optional(z.string()),
  stages: z.record(
    z.string().check(z.regex(nameOfStage, 'stages are named in small letters, digits and dashes')),
    stageSettings,
  ),
});

/** What an option of a command is given; true for one that stands alone. */
export type OptionValue = z.infer<typeof optionValue>;

/** A stage as an experiment's file describes it. */
export type StageSettings = z.infer<typeof stageSettings>;

/** An experiment: stages by name, each a command or a script. */
export type Experiment = z.infer<typeof experimentSchema>;

/** Says in words what is wrong; without it zod/mini says 'invalid input' of everything. */
const inWords = { error: z.locales.en().localeError };

/** What experiment.json holds. @throws naming the file, and the first invalid field */
export function parseExperiment(name: string, text: string): Experiment {
  const given = parsed(name, text);
  const result = experimentSchema.safeParse(given, inWords);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new Error(`${name}: ${path.join('.') || 'the whole'}: ${message.toLowerCase()}`);
  }
  const { stages } = given as Experiment;
  const unread = Object.keys(stages).find(stage => !Object.hasOwn(result.data.stages, stage));
  if (unread !== undefined) throw new Error(`${name}: stages: '${unread}' is no name of a stage`);
  return result.data;
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`${name}: not JSON (${message.replaceAll(/\s+/g, ' ')})`, { cause: error });
  }
}
