// What a scene claims of itself: its conditions, each a check of its own, and the numbers of its sentence.
#include "core/expression/condition_checks.h"
#include "core/base/error.h"
#include "core/base/power_of_ten.h"
#include "core/check/check.h"
#include "core/expression/evaluator.h"
#include "core/expression/words.h"

namespace iem {
namespace {

CheckResult condition_check(const std::string& id, const std::string& condition, Evaluator& evaluator) {
  CheckResult out{id, condition, 0, 0, CheckStatus::pass, {}};
  try {
    const Claimed claimed = examine(condition, evaluator);
    if (claimed.holds) return out;
    out.reason = claimed.why.empty() ? "does not hold" : "it is " + claimed.why;
  } catch (const InputError& error) {
    out.reason = error.what();
  }
  out.error = 1, out.status = CheckStatus::fail;
  return out;
}

}  // namespace

std::vector<CheckResult> run_condition_checks(const Scene& scene, const std::shared_ptr<ThreadPool>& pool,
                                              std::function<bool()> stopped) {
  std::vector<CheckResult> out;
  if (scene.conditions.empty() && !has_numbers(scene.look_for)) return out;
  Evaluator evaluator(Run(scene, pool), std::move(stopped));
  for (std::size_t i = 0; i < scene.conditions.size(); ++i)
    out.push_back(condition_check("condition_" + std::to_string(i + 1), scene.conditions[i], evaluator));
  const std::vector<std::string> problems = problems_of(scene.look_for, evaluator);
  CheckResult numbers{"look_for", without_powers(filled(scene.look_for, evaluator)), 0, 0, CheckStatus::pass,
                      {}};
  if (!problems.empty()) numbers.error = 1, numbers.status = CheckStatus::fail, numbers.reason = problems[0];
  out.push_back(std::move(numbers));
  return out;
}

}  // namespace iem
