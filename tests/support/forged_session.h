// Sessions as somebody may have altered them.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/hash.h"
#include "core/run/run.h"
#include "core/session/checkpoint.h"
#include "core/session/session.h"

namespace iem::test {

// The text of a session whose state has been changed by `how` and summed up again.
inline std::string forged(const Run& run, const std::function<void(RunState&)>& how) {
  auto session = nlohmann::ordered_json::parse(save_session(run, run.origin().config));
  RunState state = run.state();
  how(state);
  const std::string text = write_checkpoint(state);
  session["checkpoint"] = {{"state", text}, {"sum", checkpoint_sum(text)}};
  session["hash"] = hex(state.hash());
  return session.dump();
}

// With one more edit at the end, of a block of the state that no model has: its replay throws there.
inline std::string with_wrong_edit(const std::string& session) {
  auto json = nlohmann::ordered_json::parse(session);
  json["edits"].push_back(
      {{"step", json["step"]}, {"key", "state.nothing"}, {"value", "1.0"}, {"hash", json["hash"]}});
  return json.dump();
}

}  // namespace iem::test
