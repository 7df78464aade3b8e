import { Pool } from "pg";

const pool = new Pool();

interface ParcelRow {
  id: string;
  state: "packed" | "sent";
  tags: string[];
  weights: string[];
  labels: Record<string, string>;
  seal: Buffer;
  opened: Date;
  count: number;
  attempts: unknown;
}

interface WrongRow {
  score: number; // want type-mismatch "parcels.score"
  tags: string; // want type-mismatch "parcels.tags"
  weights: number[]; // want type-mismatch "parcels.weights"
  labels: string; // want type-mismatch "parcels.labels"
  seal: string; // want type-mismatch "parcels.seal"
  opened: string; // want type-mismatch "parcels.opened"
  attempts: boolean; // want type-mismatch "parcels.attempts"
}

export async function parcels() {
  return (await pool.query<ParcelRow>("SELECT id, state, tags, weights, labels, seal, opened, count, attempts FROM parcels")).rows;
}

export async function wrong() {
  return (await pool.query<WrongRow>("SELECT score, tags, weights, labels, seal, opened, attempts FROM parcels")).rows;
}
