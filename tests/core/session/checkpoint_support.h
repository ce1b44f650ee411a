// Sessions that carry the state at their end, as they are or with another state.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "core/session/session.h"
#include "tests/core/support.h"
#include "tests/support/forged_session.h"

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

using test::forged;
using test::with_wrong_edit;

// Edits of all kinds at several steps, as far as step 20.
inline void edit_on_the_way(iem::Run& run) {
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
}

inline iem::Run edited_run() {
  iem::Run run(mixture_scene("seed = 3\n[optimizer]\nlearning_rate = 0.2\nmethod = \"adam\"\n"), pool());
  edit_on_the_way(run);
  return run;
}

}  // namespace iem::testing
