import { Model } from "mongoose";

export abstract class Repository<T> {
  constructor(protected readonly model: Model<T>) {}

  async byId(id: string) {
    return this.model.findById(id).exec();
  }

  async one(filter: Record<string, unknown>) {
    return this.model.findOne(filter).exec();
  }
}
