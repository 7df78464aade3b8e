export const SQL = build();

function build(): Record<string, string> {
  return {};
}
