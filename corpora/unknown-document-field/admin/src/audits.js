import mongoose from "mongoose";
import audited from "mongoose-audited";

const auditSchema = new mongoose.Schema({ actor: String, action: String });
const Audit = mongoose.model("Audit", auditSchema);

const sessionSchema = new mongoose.Schema({ token: String });
sessionSchema.plugin(audited);
const Session = mongoose.model("Session", sessionSchema);

export async function clean(actor) {
  // want unknown-document-field "(did you mean \"actor\"?): the filter matches nothing"
  await Audit.deleteMany({ author: actor });
  // A plugin adds fields of its own.
  await Session.deleteMany({ auditedBy: actor });
}
