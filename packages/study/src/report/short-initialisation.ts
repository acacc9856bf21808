/** 'pytorch; embedding=like-file' of 'conv=pytorch,linear=pytorch,embedding=like-file': the commonest scheme, and where another is taken. */
export function shortInitialisation(init: string): string {
  const kinds = init.split(',').map(one => one.split('='));
  if (kinds.some(({ length }) => length !== 2)) return init;
  const schemes = kinds.map(([, scheme]) => scheme);
  const count = (scheme: string): number => schemes.filter(other => other === scheme).length;
  const most = schemes.reduce((best, scheme) => (count(scheme) > count(best) ? scheme : best));
  const others = kinds.filter(([, scheme]) => scheme !== most).map(kind => kind.join('='));
  return [most, ...(others.length > 0 ? [others.join(', ')] : [])].join('; ');
}
