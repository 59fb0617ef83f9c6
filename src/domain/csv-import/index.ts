/** A CSV of labelled utterances, put straight into a bot. */
export { planCsvImport, type CsvImportPlan, type CsvLeftOutReason, type CsvRow } from './plan';
