// An evaluation whose memory another one has used.
#include "core/model/evaluation.h"

#include <gtest/gtest.h>

#include <bit>
#include <memory>

#include "core/run/run.h"
#include "core/session/scene_file.h"
#include "tests/support/scenes.h"

namespace iem {
namespace {

template <class Numbers>
bool same_numbers(const Numbers& used, const Numbers& fresh) {
  const auto same = [](double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  };
  return used.rows() == fresh.rows() && used.cols() == fresh.cols() &&
         std::equal(used.data(), used.data() + used.size(), fresh.data(), same);
}

// Rules keep one from step to step, and what a thread runs next may be another model. Each scene finds what
// the last one left, of which no number that the rules read may remain.
TEST(Evaluations, SayTheSameInMemoryThatAnotherModelUsed) {
  Evaluation used;
  for (const std::string& name : builtin_scenes()) {
    const iem::Run run(load_scene(name), std::make_shared<ThreadPool>(1));
    const iem::Setup& setup = run.setup();
    for (const Wanted wanted : {Wanted::rows, Wanted::sums}) {
      SCOPED_TRACE(name);
      Evaluation fresh;
      for (Evaluation* out : {&fresh, &used})
        setup.model->evaluate(run.state().theta, 1, *setup.data, {}, wanted, run.pool(), *out);
      EXPECT_EQ(std::bit_cast<std::uint64_t>(used.loss), std::bit_cast<std::uint64_t>(fresh.loss));
      EXPECT_TRUE(same_numbers(used.gradient, fresh.gradient));
      if (fresh.statistics.size() > 0) EXPECT_TRUE(same_numbers(used.statistics, fresh.statistics));
      EXPECT_TRUE(same_numbers(used.energies, fresh.energies));
      EXPECT_TRUE(same_numbers(used.responsibilities, fresh.responsibilities));
      EXPECT_TRUE(same_numbers(used.pulls, fresh.pulls));
    }
  }
}

}  // namespace
}  // namespace iem
