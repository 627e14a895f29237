/** What is fetched when a person brings files, or writes YAML. */

export { Importer } from './engine/importer';
export { droppedFiles } from './files';
export { importAgain, importFiles } from './import-files';
