// Says where dashboards, named by their files, are not of the types that Grafana publishes; says nothing where all is well.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const types = '@grafana/schema/dist/types/raw';
const checked = join(here, 'checked.ts');

const literal = (value) => JSON.stringify(value);

function declarations(file) {
  const { panels, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
  // The published types leave out what belongs to a data source, and what only Grafana's editor reads.
  for (const field of ['expr', 'titleFormat', 'textFormat', 'tagKeys', 'step']) {
    rest.annotations.list.forEach((annotation) => delete annotation[field]);
  }
  rest.templating.list.forEach((variable) => delete variable.definition);
  return [
    `{ const dashboard: Dashboard = ${literal(rest)}; }`,
    ...panels.map((panel) => {
      if (panel.type === 'row') {
        return `{ const row: RowPanel = ${literal(panel)}; }`;
      }
      const custom = panel.fieldConfig.defaults.custom;
      return (
        `{ const panel: Panel = ${literal(panel)};` +
        ` const options: Partial<import('${types}/composable/${panel.type}/panelcfg/x/types.gen').Options>` +
        ` = ${literal(panel.options)};` +
        (custom
          ? ` const custom: Partial<import('${types}/composable/${panel.type}/panelcfg/x/types.gen').FieldConfig>` +
            ` = ${literal(custom)};`
          : '') +
        ' }'
      );
    }),
  ];
}

const text = [
  `import type { Dashboard, Panel, RowPanel } from '${types}/dashboard/x/types.gen';`,
  ...process.argv.slice(2).flatMap(declarations),
].join('\n');

// JSON has the values of enumerations, which TypeScript does not take for their members.
const withUnions = (source) =>
  source.replace(/export declare enum (\w+) \{([^}]*)\}/g, (all, name, members) => {
    const values = [...members.matchAll(/= ("[^"]*"|-?\d+)/g)].map((member) => member[1]);
    return `export type ${name} = ${values.join(' | ')};`;
  });

const options = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2020,
  moduleResolution: ts.ModuleResolutionKind.Node10,
};
const host = ts.createCompilerHost(options);
const readFile = host.readFile.bind(host);
host.readFile = (name) => (name === checked ? text : readFile(name));
host.fileExists = ((exists) => (name) => name === checked || exists(name))(host.fileExists.bind(host));
host.getSourceFile = (name, version) => {
  const source = host.readFile(name);
  return source && ts.createSourceFile(name, name.includes('@grafana') ? withUnions(source) : source, version);
};

const found = ts.getPreEmitDiagnostics(ts.createProgram([checked], options, host));
for (const each of found) {
  const at = each.file && each.start !== undefined ? each.file.text.slice(each.start, each.start + 60) : '';
  console.log(`${ts.flattenDiagnosticMessageText(each.messageText, '\n')}\n  at ${at}`);
}
process.exitCode = found.length === 0 ? 0 : 1;
