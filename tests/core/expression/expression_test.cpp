// The little language of sentences and conditions: what it computes, and what it says of what it is not.
#include "core/expression/expression.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/expression/evaluator.h"
#include "core/expression/functions.h"
#include "core/expression/words.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

iem::Run small_run(const std::string& more = "") {
  return iem::Run(testing::mixture_scene("[model]\ncomponents = 3\n" + more), testing::pool());
}

Tensor worth(const std::string& text, const iem::Run& run) {
  return Evaluator(run).value(parse_expression(text));
}
double number(const std::string& text, const iem::Run& run) {
  const Tensor value = worth(text, run);
  EXPECT_TRUE(is_scalar(value)) << text;
  return value.data.at(0);
}

TEST(Expressions, ComputeAsWritten) {
  const iem::Run run = small_run();
  const std::pair<const char*, double> cases[] = {
      {"1 + 2 * 3", 7},
      {"(1 + 2) * 3", 9},
      {"-2 ^ 2", -4},
      {"2 ^ 3 ^ 2", 512},
      {"2 ^ -1", 0.5},
      {"8 / 2 / 2", 2},
      {"1e-3 * 2.5e3", 2.5},
      {"1 < 2", 1},
      {"1 < 2 < 3", 1},
      {"1 < 3 < 2", 0},
      {"not 1 > 2 and 2 >= 2", 1},
      {"1 > 2 or 2 != 2", 0},
      {"max([1, 5, 3]) - min([4, 2])", 3},
      {"max(2, 3) + min(2, 3)", 5},
      {"sum([[1, 2], [3, 4]])", 10},
      {"[[1, 2], [3, 4]][1, 0]", 3},
      {"sum([[1, 2], [3, 4]][1])", 7},
      {"sum(column([[1, 2], [3, 4]], 1))", 6},
      {"mean([1, 2, 6]) + deviation([1, 3])", 4},
      {"norm([3, 4]) + abs(-1) + sqrt(4) + exp(0) + log(1) + tanh(0) + round(1.4)", 10},
      {"count([1, 2, 3])", 3},
      {"sum(2 * [1, 2] + [1, 1] > 3)", 1},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(number(text, run), expected) << text;
  EXPECT_TRUE(std::isnan(number("log(-1)", run)));
}

TEST(Expressions, ReadTheRunAtItsStep) {
  iem::Run run = small_run("[optimizer]\nmethod = \"em\"\n");
  run.seek(3);
  EXPECT_EQ(number("step", run), 3);
  EXPECT_EQ(number("end", run), 100);
  EXPECT_EQ(number("loss", run), run.evaluation().loss);
  EXPECT_EQ(number("grad_norm", run), run.evaluation().gradient_norm());
  EXPECT_EQ(number("entropy", run), run.evaluation().metrics[0]);
  EXPECT_EQ(number("temperature", run), 1);
  EXPECT_EQ(number("model.components", run), 3);
  EXPECT_EQ(number("means[2, 1]", run), run.state().theta[5]);
  EXPECT_EQ(number("gradient.means[2, 1]", run), run.evaluation().gradient[5]);
  EXPECT_EQ(worth("covariances", run).shape, (std::vector<std::int64_t>{3, 2, 2}));
  EXPECT_EQ(worth("responsibilities", run).shape, (std::vector<std::int64_t>{200, 3}));
  EXPECT_EQ(run.state().step, 3);
}

TEST(Expressions, ReadOtherStepsAndOtherRuns) {
  const iem::Run run = small_run();
  iem::Run there = run;
  there.seek(7);
  EXPECT_EQ(number("loss@7", run), there.evaluation().loss);
  EXPECT_EQ(number("loss@(3 + 4)", run), there.evaluation().loss);
  EXPECT_EQ(number("step@end", run), 100);
  EXPECT_EQ(number("(loss@7)@2", run), there.evaluation().loss);  // the inner one is the nearer
  // Backwards again, and from another step as well as from the start.
  EXPECT_EQ(number("0 * loss@9 + loss@7", there), there.evaluation().loss);

  iem::Run em = small_run("[optimizer]\nmethod = \"em\"\n");
  em.seek(7);
  EXPECT_EQ(number("loss@7 with optimizer.method=em", run), em.evaluation().loss);
  EXPECT_EQ(number("(loss@7 with optimizer.method=em) with optimizer.method=gd", run), em.evaluation().loss);
  iem::Run edited = run;
  edited.seek(4);
  edited.apply({"optimizer.method", std::string("em")});
  edited.seek(7);
  EXPECT_EQ(number("loss@7 with 4:optimizer.method=em", run), edited.evaluation().loss);
  // Several settings, lists among them, up to the bracket that ends a function.
  EXPECT_EQ(number("max(step with model.init=explicit, model.means=[[0,0],[1,1],[2,2]], 2)", run), 2);
}

TEST(Expressions, LookAlongTheSteps) {
  const iem::Run run = small_run("[optimizer]\nmethod = \"em\"\n");
  EXPECT_EQ(number("steps_to(loss <= loss@3)", run), 3);
  EXPECT_TRUE(std::isnan(number("steps_to(loss < -100, 20)", run)));
  EXPECT_EQ(number("sum(over(step, 2, 5))", run), 14);
  EXPECT_EQ(worth("over(means, 0, 3)", run).shape, (std::vector<std::int64_t>{4, 3, 2}));
  EXPECT_TRUE(holds(worth("over(loss <= loss@(step - 1) + 1e-12, 1, 20)", run)));
  EXPECT_FALSE(holds(worth("over(loss < loss@(step - 1) - 1e-3, 1, 100)", run)));
}

TEST(Expressions, OfARunThatBrokeOffHaveNoNumber) {
  const iem::Run run = small_run("[optimizer]\nlearning_rate = 1e300\n");
  EXPECT_TRUE(std::isnan(number("loss@50", run)));
  EXPECT_FALSE(holds(worth("loss@50 < 1e9 or loss@50 >= 1e9", run)));
  EXPECT_TRUE(std::isnan(number("steps_to(loss < -1)", run)));
}

TEST(Expressions, AConditionOfNothingOrNanDoesNotHold) {
  EXPECT_TRUE(holds({{2}, {1, -3}}));
  EXPECT_FALSE(holds({{2}, {1, 0}}));
  EXPECT_FALSE(holds({{2}, {1, std::nan("")}}));
  EXPECT_FALSE(holds({{0}, {}}));
}

TEST(Expressions, SayWhereTheyAreNone) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "character 1: a number or a name is missing"},
      {"loss@", "character 6: a number or a name is missing"},
      {"1 +", "character 4: a number or a name is missing"},
      {"(1", "character 3: ) is missing"},
      {"means[0", "character 8: ] is missing"},
      {"loss 3", "character 6: 3 has no meaning here"},
      {"loss with", "character 10: a key is missing, as in optimizer.method=em"},
      {"loss with optimizer.method=", "a value is missing for optimizer.method"},
      {"a and", "character 6: a number or a name is missing"},
      {"é", "character 1: a number or a name is missing"},
  };
  for (const auto& [text, expected] : cases) {
    const std::string message = error_of([&] { (void)parse_expression(text); });
    EXPECT_NE(message.find(expected), std::string::npos) << text << " | " << message;
  }
  for (const char sign : {'(', '-', '['}) {
    const std::string deep(3000, sign);
    EXPECT_NE(error_of([&] { (void)parse_expression(deep); }).find("brackets within brackets"),
              std::string::npos);
  }
  EXPECT_NE(error_of([&] { (void)parse_expression(std::string(5000, ' ')); }).find("4000 bytes"),
            std::string::npos);
}

TEST(Expressions, SayWhatHasNoValue) {
  const iem::Run run = small_run();
  const std::pair<const char*, const char*> cases[] = {
      {"losss", "there is no number losss in the mixture lab; did you mean loss?"},
      {"activation(1)", "there is no number activation(...)"},
      {"gradient.meens", "did you mean gradient.means?"},
      {"means[5, 0]", "an index must be a whole number from 0 to 2"},
      {"means[0, 0, 0]", "3 indices for a list of shape 3 x 2"},
      {"means + weights", "do not go together in +"},
      {"[1, [2]]", "different shapes"},
      {"sqrt(1, 2)", "sqrt does not take 2 arguments"},
      {"ari(1)", "ari takes 0 arguments, not 1"},
      {"loss@0.5", "a step must be a whole number"},
      {"loss@1e9", "a step must be at most"},
      {"loss with optimizer.method=foo", "must be one of"},
      {"loss with optimizer.metod=em", "optimizer.method"},
      {"loss with model.components=900", "model.components"},
      {"model.energy", "model.energy is no number"},
      {"loss with model.nu=2", "has no effect with model.energy"},
  };
  for (const auto& [text, expected] : cases) {
    const std::string message = error_of([&] { (void)worth(text, run); });
    EXPECT_NE(message.find(expected), std::string::npos) << text << " | " << message;
  }
}

TEST(Expressions, EndWhenTheyAreStopped) {
  const iem::Run run = small_run();
  int asked = 0;
  Evaluator evaluator(run, [&] { return ++asked > 5; });
  EXPECT_THROW((void)evaluator.value(parse_expression("loss@100")), EvaluationStopped);
  EXPECT_EQ(asked, 6);
}

TEST(Expressions, SayWhetherTheyMakeOtherRuns) {
  for (const char* of_others : {"loss@3", "1 + (loss with model.temperature=2)", "[steps_to(step > 2)]",
                                "not (over(loss, 0, 2) < 1)"})
    EXPECT_TRUE(makes_runs(parse_expression(of_others))) << of_others;
  for (const char* of_this : {"loss < 1 and model.temperature == 2", "means[0, 1]", "max([step, end])"})
    EXPECT_FALSE(makes_runs(parse_expression(of_this))) << of_this;
}

TEST(Words, PutTheNumbersIntoTheSentence) {
  iem::Run run = small_run();
  Evaluator evaluator(run);
  EXPECT_EQ(filled("J is {2 + 1}, {= 1/3} and {12345}.", evaluator), "J is 3, 0.3333 and 12345.");
  EXPECT_EQ(filled("{[1, 0.5]} {-1.5e-9} {log(-1)}", evaluator), "(1, 0.5) −1.5 × 10^−9 –");
  EXPECT_EQ(filled("{step@4} steps", evaluator), "4 steps");
  EXPECT_EQ(awaited("J is {loss@3} after {3} steps {and so on}"), "J is … after … steps {and so on}");
  EXPECT_TRUE(has_numbers("J is {loss}"));
  EXPECT_FALSE(has_numbers("J is loss {"));
}

// A sentence of an older file may have braces in it that mean nothing here.
TEST(Words, WhatIsNoNumberStaysAsItIsWritten) {
  iem::Run run = small_run();
  Evaluator evaluator(run);
  for (const char* words : {"the set {1, 2}", "r_{ij}", "a } b { c", "{}", "{losss@3}", "\\mathbb{R}", "{"})
    EXPECT_EQ(filled(words, evaluator), words);
  EXPECT_EQ(
      problems_of("{loss} is {losss@3} or {1, 2}", evaluator),
      (std::vector<std::string>{"{losss@3}: there is no number losss in the mixture lab; did you mean loss?",
                                "{1, 2}: character 2: , 2 has no meaning here"}));
}

TEST(Words, AConditionThatFailsSaysWhatItCameTo) {
  iem::Run run = small_run();
  Evaluator evaluator(run);
  EXPECT_TRUE(examine("step < 1", evaluator).holds);
  const Claimed failed = examine("0 < 1 and 3 < 1 + 1", evaluator);
  EXPECT_FALSE(failed.holds);
  EXPECT_EQ(failed.why, "3 < 2");
}

}  // namespace
}  // namespace iem
