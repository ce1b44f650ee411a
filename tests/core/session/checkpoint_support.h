// Sessions that carry the state at their end, as they are or with another state.
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/hash.h"
#include "core/session/checkpoint.h"
#include "core/session/session.h"
#include "tests/core/support.h"

namespace iem::testing {

inline LoadedSession show(const std::string& text, int threads = 1) {
  return show_session(text, "s.iemlab", std::make_shared<ThreadPool>(threads));
}

inline std::string save(const iem::Run& run) { return save_session(run, run.origin().config); }

// The text of a session that says that its run is not proven, without those words.
inline std::string without_doubt(const std::string& session) {
  auto json = nlohmann::ordered_json::parse(session);
  EXPECT_TRUE(json.contains("doubt"));
  json.erase("doubt");
  return json.dump(1) + "\n";
}

inline iem::Run edited_run() {
  iem::Run run(mixture_scene("seed = 3\n[optimizer]\nlearning_rate = 0.2\nmethod = \"adam\"\n"), pool());
  run.seek(4);
  run.apply({"model.temperature", 1.3});
  run.apply({"model.components", std::int64_t{5}});
  run.seek(9);
  run.apply({"state.means", Tensor{{5, 2}, {0.1, 1.0 / 3, 1e-17, 2, -1, 0.5, 3, 3, 1, 0}}});
  run.seek(12);
  run.apply({"seed", std::int64_t{77}});
  run.apply({"data.noise", 0.2});
  run.apply({"seed", std::int64_t{78}});  // the points stay those of 77
  run.apply({"model.covariance", std::string("tied")});
  run.seek(20);
  return run;
}

// The text of a session whose state has been changed by `how` and summed up again.
inline std::string forged(const iem::Run& run, const std::function<void(RunState&)>& how) {
  nlohmann::ordered_json session = nlohmann::ordered_json::parse(save(run));
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

}  // namespace iem::testing
