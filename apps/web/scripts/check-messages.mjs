#!/usr/bin/env node
/**
 * Guards every word on screen. For each catalogue (candidate, staff) it fails on: keys one language lacks, ICU
 * arguments, choices or tags that differ between languages, ids used in the source but absent, ids in no use,
 * and words written straight into JSX. Prints one line per finding; exit code 1 when there is any.
 */
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const catalogues = ['candidate', 'staff'];
const sourceLanguage = 'en';
const translations = ['zh-CN'];
/** Attributes a person reads or hears. */
const spokenAttributes = [
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'title',
  'alt',
  'placeholder',
  'label',
];
/** A name, the same in every language. */
const productName = 'Fairtake';
const hasWords = (text) => /\p{L}/u.test(text.replaceAll(productName, ''));
const findings = [];

for (const name of catalogues) {
  if (existsSync(join(web, 'src', name))) checkCatalogue(name);
}
for (const finding of findings) console.error(finding);
console.log(`messages: ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`);
process.exitCode = findings.length > 0 ? 1 : 0;

function checkCatalogue(name) {
  const source = readCatalogue(name, sourceLanguage);
  for (const language of translations) compareLanguages(name, source, language);
  const use = readSources(join(web, 'src', name));
  for (const { id, place } of use.ids) {
    if (!(id in source)) findings.push(`${place}: "${id}" is in no catalogue of ${name}`);
  }
  const used = new Set([...use.ids.map(({ id }) => id), ...use.strings]);
  for (const id of Object.keys(source)) {
    const built = use.prefixes.some(({ prefix }) => id.startsWith(prefix));
    if (!used.has(id) && !built) findings.push(`messages/${name}.en.json: "${id}" is not used`);
  }
  for (const { prefix, place } of use.prefixes) {
    const known = Object.keys(source).some((id) => id.startsWith(prefix));
    if (!known) findings.push(`${place}: no id of ${name} starts with "${prefix}"`);
  }
}

function readCatalogue(name, language) {
  const file = `messages/${name}.${language}.json`;
  if (!existsSync(join(web, file))) {
    findings.push(`${file}: is missing`);
    return {};
  }
  return JSON.parse(readFileSync(join(web, file), 'utf8'));
}

function compareLanguages(name, source, language) {
  const file = `messages/${name}.${language}.json`;
  const translated = readCatalogue(name, language);
  for (const id of Object.keys(source)) {
    if (!(id in translated)) findings.push(`${file}: "${id}" is missing`);
  }
  for (const [id, text] of Object.entries(translated)) {
    if (!(id in source)) findings.push(`${file}: "${id}" is in no ${sourceLanguage} catalogue`);
    else compareStructure(file, id, source[id], text);
  }
}

function compareStructure(file, id, original, translated) {
  try {
    const wanted = structureOf(parse(original));
    const found = structureOf(parse(translated));
    const lacking = wanted.filter((part) => !found.includes(part));
    const extra = found.filter((part) => !wanted.includes(part));
    if (lacking.length > 0) findings.push(`${file}: "${id}" lacks ${lacking.join(', ')}`);
    if (extra.length > 0) findings.push(`${file}: "${id}" has ${extra.join(', ')} of its own`);
    if (translated.trim() === '') findings.push(`${file}: "${id}" is empty`);
  } catch (error) {
    findings.push(`${file}: "${id}" is not a well-formed message: ${error.message}`);
  }
}

/** Arguments, tags and the choices of `select`. Plural categories differ by language and are left out. */
function structureOf(elements) {
  const parts = new Set();
  const visit = (element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return;
    if (element.type === TYPE.tag) {
      parts.add(`<${element.value}>`);
      element.children.forEach(visit);
      return;
    }
    parts.add(`{${element.value}, ${TYPE[element.type]}}`);
    for (const [choice, option] of Object.entries(element.options ?? {})) {
      if (element.type === TYPE.select) parts.add(`{${element.value}: ${choice}}`);
      option.value.forEach(visit);
    }
  };
  elements.forEach(visit);
  return [...parts];
}

function readSources(folder) {
  const use = { ids: [], prefixes: [], strings: new Set() };
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!/\.tsx?$/.test(entry.name) || /\.spec\.tsx?$/.test(entry.name)) continue;
    readSource(join(entry.parentPath, entry.name), use);
  }
  return use;
}

function readSource(file, use) {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const placeOf = (node) =>
    `${relative(web, file)}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const visit = (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) use.strings.add(node.text);
    const message = messageArgument(node);
    if (message) readMessageArgument(message, placeOf(node), use);
    if (ts.isJsxText(node) && hasWords(node.text)) {
      findings.push(`${placeOf(node)}: words in JSX: "${node.text.trim()}"`);
    }
    if (isSpokenLiteral(node)) findings.push(`${placeOf(node)}: words in JSX: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(tree);
}

/** The id of `t('…')`, `t.rich('…')`, `formatMessage({ id: … })`, `<FormattedMessage id=… />`. */
function messageArgument(node) {
  if (ts.isCallExpression(node)) {
    const callee = node.expression.getText();
    if (callee === 't' || callee === 't.rich') return node.arguments[0];
    if (
      /(^|\.)formatMessage$/.test(callee) &&
      node.arguments[0] &&
      ts.isObjectLiteralExpression(node.arguments[0])
    ) {
      const id = node.arguments[0].properties.find((property) => property.name?.getText() === 'id');
      return id && ts.isPropertyAssignment(id) ? id.initializer : undefined;
    }
  }
  if (ts.isJsxSelfClosingElement(node) && node.tagName.getText() === 'FormattedMessage') {
    const id = node.attributes.properties.find((property) => property.name?.getText() === 'id');
    const value = id && ts.isJsxAttribute(id) ? id.initializer : undefined;
    return value && ts.isJsxExpression(value) ? value.expression : value;
  }
  return undefined;
}

function readMessageArgument(node, place, use) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    use.ids.push({ id: node.text, place });
  else if (ts.isTemplateExpression(node)) use.prefixes.push({ prefix: node.head.text, place });
  else if (ts.isConditionalExpression(node)) {
    readMessageArgument(node.whenTrue, place, use);
    readMessageArgument(node.whenFalse, place, use);
  }
  // Anything else is an expression of the catalogue's key type: the compiler checks it.
}

function isSpokenLiteral(node) {
  if (!ts.isJsxAttribute(node) || !spokenAttributes.includes(node.name.getText())) return false;
  const value =
    node.initializer && ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
  return Boolean(value && ts.isStringLiteral(value) && hasWords(value.text));
}
