export { DAILY } from "#internal/daily";
