// No check passes where there is nothing to check, and each says what is not finite.
#include "core/check/finite.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"

#include <limits>
#include <map>

#include "core/check/check.h"
#include "core/labs/kit/lab.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// All checks of the lab say why, and none passes; returns the reason they share.
std::string refused(const Snapshot& snapshot, const std::string& where, std::map<std::string, int>& seen) {
  const std::string reason = cannot_be_checked(snapshot);
  EXPECT_TRUE(reason.starts_with("cannot be checked: ")) << where;
  EXPECT_TRUE(reason.ends_with(" not finite")) << where << ": " << reason;
  for (const CheckResult& result : run_checks(snapshot)) {
    EXPECT_NE(result.status, CheckStatus::pass) << where << ", " << result.id;
    EXPECT_EQ(result.reason, reason) << where << ", " << result.id;
    EXPECT_TRUE(std::isnan(result.error)) << where << ", " << result.id;
    ++seen[snapshot.setup->problem().id() + "." + result.id];
  }
  return reason;
}

Snapshot evaluated_anew(Snapshot s) {
  ThreadPool alone(1);
  s.model().evaluate(s.state.theta, s.temperature, s.data(), {}, Wanted::sums, alone, s.evaluation);
  return s;
}

TEST(BrokenState, PassesNoCheckOfAnyLab) {
  std::map<std::string, int> seen;
  for (const std::string& name : builtin_scenes()) {
    if (name.starts_with("sticky_markov")) continue;  // as routing_roles, with thousands of tokens
    const iem::Run run(load_scene(name), pool());
    const auto whole = take_snapshot(run);
    EXPECT_EQ(cannot_be_checked(*whole), "") << name;
    for (const Block& block : whole->model().layout().blocks())
      for (const double value : {kNan, std::numeric_limits<double>::infinity()}) {
        Snapshot s = *whole;
        s.state.theta[block.offset] = value;
        const std::string reason = refused(evaluated_anew(s), name + "." + block.name, seen);
        EXPECT_NE(reason.find(": " + block.name + " "), std::string::npos) << reason;
      }
    if (!whole->evaluation.has_loss) continue;
    Snapshot lost = *whole, flat = *whole;
    lost.evaluation.loss = kNan;
    const bool of_z =
        whole->setup->problem().id() != "attention" && whole->model().responsibilities_unavailable().empty();
    EXPECT_EQ(refused(lost, name, seen),
              of_z ? "cannot be checked: Z is not finite" : "cannot be checked: J is not finite");
    flat.evaluation.gradient.setConstant(kNan);
    EXPECT_EQ(refused(flat, name, seen), "cannot be checked: dJ/dtheta is not finite");
  }
  for (const Lab* lab : labs())
    for (const IdentityCheck& check : lab->checks())
      EXPECT_GT(seen[lab->id() + "." + check.id], 0) << lab->id() << "." << check.id;
}

// The meter's sample alone: where both sides of the identity overflow alike, nothing holds.
TEST(BrokenState, HasAMeterThatIsNoNumber) {
  iem::Run mixture(mixture_scene("[model]\ncomponents = 2\n"), pool());
  mixture.apply({"state.means", Tensor{{2, 2}, {1e200, 0, -1e200, 0}}, 0});
  const auto lost = take_snapshot(mixture);
  EXPECT_TRUE(std::isnan(lost->identity.largest_difference));
  EXPECT_EQ(cannot_be_checked(*lost), "cannot be checked: Z is not finite");
  for (const CheckResult& result : run_checks(*lost))
    EXPECT_EQ(result.status, CheckStatus::skip) << result.id;

  iem::Run attention(load_scene("routing_toy"), pool());
  const auto& block = attention.setup().model->layout().blocks().front();
  for (const double size : {1e160, 1e300}) {
    iem::Run far = attention;
    std::vector<NamedTensor> natural = far.setup().model->natural(far.state().theta);
    for (NamedTensor& each : natural)
      for (double& v : each.tensor.data) v = v < 0 ? -size : size;
    for (const NamedTensor& each : natural) far.apply({"state." + each.name, each.tensor, 0});
    const auto s = take_snapshot(far);
    EXPECT_TRUE(std::isnan(s->identity.largest_difference)) << block.name << " " << size;
    EXPECT_EQ(cannot_be_checked(*s), "cannot be checked: s is not finite");
    for (const CheckResult& result : run_checks(*s)) EXPECT_EQ(result.status, CheckStatus::skip) << result.id;
  }
}

}  // namespace
}  // namespace iem::testing
