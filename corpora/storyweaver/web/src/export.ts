import Database from "better-sqlite3";

const db = new Database("storyweaver.db");

interface Chapter {
  id: string;
  title: string;
  content: string | null;
  order_index: string; // want type-mismatch "order_index"
}

export function chapters(project: string): Chapter[] {
  return db
    .prepare<[string], Chapter>("SELECT id, title, content, order_index FROM documents WHERE project_id = ?")
    .all(project);
}

export function wordCount(project: string): unknown {
  return db
    .prepare("SELECT SUM(word_count) AS words FROM documents WHERE project_id = ?") // want missing-column "word_count"
    .get(project);
}
