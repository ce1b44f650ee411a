// What the program promises about itself: the same bits for any number of threads, at every step, forwards,
// backwards and replayed.
#include <limits>

#include "core/check/check.h"
#include "core/run/fault.h"
#include "core/run/run.h"
#include "core/session/program_checks.h"
#include "core/session/session.h"

namespace iem {
namespace {

std::uint64_t hash_after(const Scene& scene, std::int64_t steps, int threads) {
  Run run(scene, std::make_shared<ThreadPool>(threads));
  run.seek(steps);
  return run.state().hash();
}

CheckResult verdict(const char* id, const char* statement, std::int64_t differences) {
  CheckResult result{id, statement, static_cast<double>(differences), 0, CheckStatus::pass, ""};
  if (differences != 0) result.status = CheckStatus::fail;
  return result;
}

CheckResult threads(const Scene& scene, std::int64_t steps) {
  const std::uint64_t one = hash_after(scene, steps, 1);
  const std::int64_t differences =
      (hash_after(scene, steps, 2) != one) + (hash_after(scene, steps, 0) != one);
  return verdict("threads", "the same hash for 1, 2 and all threads", differences);
}

CheckResult scrub(const Scene& scene, std::int64_t steps) {
  // A small budget, so that seeking really steps again from keyframes far apart.
  Run run(scene, std::make_shared<ThreadPool>(0), 1 << 14);
  std::vector<std::uint64_t> hashes = {run.state().hash()};
  while (run.state().step < steps && run.step() != StepResult::non_finite)
    hashes.push_back(run.state().hash());
  std::int64_t differences = 0;
  const auto visit = [&](std::int64_t step) {
    run.seek(step);
    differences += run.state().hash() != hashes[static_cast<std::size_t>(step)];
  };
  const auto last = static_cast<std::int64_t>(hashes.size()) - 1;
  for (std::int64_t step = last; step >= 0; --step) visit(step);
  for (std::int64_t step = 0; step <= last; ++step) visit(step);
  return verdict("scrub", "every step reached backwards and forwards again has its hash", differences);
}

CheckResult replay(const Scene& scene, std::int64_t steps) {
  const auto pool = std::make_shared<ThreadPool>(0);
  Run run(scene, pool);
  run.seek(steps / 2);
  // An edit of the state on the way, so that there is one to replay.
  const std::vector<NamedTensor> all = run.setup().model->natural(run.state().theta);
  if (!all.empty() && !is_broken(run)) run.apply({"state." + all.front().name, all.front().tensor});
  run.seek(steps);
  const std::string session = save_session(run, run.setup().config());
  const Run again = load_session(session, "session", pool).run;
  // And as it is shown before it is replayed.
  const Run shown = show_session(session, "session", pool).run;
  return verdict("replay", "a session saved and loaded reaches the same hash",
                 (again.state().hash() != run.state().hash()) + !shown.state().same_bits(again.state()));
}

}  // namespace

std::vector<CheckResult> run_program_checks(const Scene& scene, std::int64_t steps) {
  return {threads(scene, steps), scrub(scene, steps), replay(scene, steps)};
}

}  // namespace iem
