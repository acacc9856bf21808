/** What files of each picture begin with: its name without folder and ending, numbered where it is taken. */
export function stemsOf(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map(name => {
    const stem = name.replace(/^.*[/\\]/s, '').replace(/(?<=.)\.[^.]*$/s, '');
    let free = stem;
    for (let time = 2; taken.has(free); time++) free = `${stem}-${time}`;
    taken.add(free);
    return free;
  });
}
