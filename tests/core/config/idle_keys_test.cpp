// Keys that another key switches off: refused with both names where somebody says them, kept where the switch
// was moved later on. Sweeps every parameter of every lab.
#include "core/config/idle_keys.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <set>

#include "core/labs/kit/lab.h"
#include "core/optimize/optimizer.h"
#include "core/run/engine.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::mixture_scene;
using testing::pool;

std::string scene_text_of(const Config& config) {
  return write_scene(Scene{"s", {}, {}, {}, {}, config, {}, find_lab(config.lab())});
}

// What load_scene does with a file of this text.
void load_text(const std::string& text) { refuse_idle_keys(parse_scene(text, "s.toml").config); }

// A legal value that is not the default.
std::optional<Value> other_value(const Parameter& p, const Value& default_value) {
  switch (p.kind) {
    case ParameterKind::boolean: return !std::get<bool>(default_value);
    case ParameterKind::integer: {
      const auto now = std::get<std::int64_t>(default_value);
      return static_cast<double>(now) + 1 <= p.max ? now + 1 : now - 1;
    }
    case ParameterKind::real: {
      const double now = std::get<double>(default_value);
      return now == 0.25 ? 0.5 : 0.25;
    }
    case ParameterKind::choice:
      for (const std::string& choice : p.choices)
        if (Value(choice) != default_value) return choice;
      return std::nullopt;
    case ParameterKind::choices: return std::vector<std::string>{p.choices.empty() ? "a" : p.choices.front()};
    case ParameterKind::text: return std::string("x.csv");
    case ParameterKind::column: return std::string("a");
    case ParameterKind::columns: return std::vector<std::string>{"a", "b"};
    case ParameterKind::tensor: {
      Tensor tensor{p.shape, {}};
      if (tensor.shape.empty()) tensor.shape = {2, 2};
      std::int64_t count = 1;
      for (std::int64_t& length : tensor.shape) count *= length = length < 0 ? 2 : length;
      const auto all = static_cast<double>(count);
      const double each =
          std::isfinite(p.max) ? p.max / (all * (all + 1)) : 1;  // their sum may be bounded too
      for (std::int64_t i = 0; i < count; ++i) tensor.data.push_back(each * static_cast<double>(i + 1));
      return tensor;
    }
  }
  return std::nullopt;
}

// The usual configuration of a lab, and those that differ from it in what one switch of the parameter says.
std::vector<Config> switched_configurations(const Lab& lab, const Parameter& parameter) {
  std::vector<Config> out = {Config(lab.id(), lab.parameters())};
  for (const std::string& by : parameter.switched_by) {
    const Parameter& choice = *lab.parameters()->find(by);
    std::vector<Value> values(choice.choices.begin(), choice.choices.end());
    if (choice.kind != ParameterKind::choice) values = {*other_value(choice, out.front().default_value(by))};
    for (const Value& value : values) {
      Config config = out.front();
      config.set(by, value);
      // A switch may be switched off itself: a rule where there are no points.
      if (!is_idle(config, by)) out.push_back(std::move(config));
    }
  }
  return out;
}

// The rules that fit no model of a lab.
std::set<std::string> lacking_rules(const Lab& lab) {
  const std::set<std::string> of_attention = {"squarem", "anderson", "gd_to_em",       "em",
                                              "natural", "hard_em",  "incremental_em", "exponentiated",
                                              "bohning"},
                              of_classifier = {"value_m_step"},
                              of_layer = {"squarem",      "anderson",     "gd_to_em", "em",
                                          "natural",      "hard_em",      "bohning",  "incremental_em",
                                          "value_m_step", "exponentiated"},
                              of_toys = {"sgd",           "hard_em",      "incremental_em",
                                         "exponentiated", "value_m_step", "bohning"},
                              of_others = {"value_m_step", "bohning"};
  if (lab.id() == "neighbours") return of_toys;
  std::set<std::string> out = {"gd_log", "flow", "centred", "z_score", "common_spread"};
  out.merge(std::set(lab.id() == "layer"        ? of_layer
                     : lab.id() == "attention"  ? of_attention
                     : lab.id() == "classifier" ? of_classifier
                                                : of_others));
  return out;
}

// False of keys that only rules have which the lab lacks: they never have an effect there.
bool read_by_a_rule(const Lab& lab, const std::string& key) {
  if (!key.starts_with("optimizer.")) return true;
  return std::ranges::any_of(optimizers(), [&](const OptimizerType& rule) {
    return !lacking_rules(lab).contains(rule.id) &&
           std::ranges::find(rule.parameters, key, &Parameter::key) != rule.parameters.end();
  });
}

void expect_idle_refused(const Config& config, const Parameter& parameter, const std::string& message) {
  const std::string what = config.lab() + " " + parameter.key + " -> " + message;
  EXPECT_TRUE(message.starts_with("s.toml:")) << what;
  EXPECT_NE(message.find(parameter.key + " = "), std::string::npos) << what;
  EXPECT_NE(message.find("has no effect with "), std::string::npos) << what;
  EXPECT_TRUE(std::ranges::any_of(parameter.switched_by, [&](const std::string& by) {
    return message.find(by + " = ") != std::string::npos;
  })) << what;
  EXPECT_EQ(message.find('\n'), std::string::npos) << what;
  EXPECT_LT(message.size(), 600u) << what;
}

TEST(IdleKeys, EveryConditionNamesTheKeysItLooksAt) {
  for (const Lab* lab : labs())
    for (const Parameter& parameter : lab->parameters()->all()) {
      EXPECT_EQ(parameter.switched_by.empty(), !parameter.unavailable) << lab->id() << " " << parameter.key;
      for (const std::string& by : parameter.switched_by)
        EXPECT_NE(lab->parameters()->find(by), nullptr) << parameter.key << " by " << by;
    }
}

TEST(IdleKeys, EveryParameterOfEveryLabIsRefusedWhereItHasNoEffectUnlessItIsTheDefault) {
  int refused = 0, accepted = 0;
  for (const Lab* lab : labs()) {
    for (const Parameter& parameter : lab->parameters()->all()) {
      if (!parameter.unavailable) continue;
      bool seen_idle = false, seen_at_work = false;
      for (Config config : switched_configurations(*lab, parameter)) {
        const bool idle = !config.unavailable_reason(parameter.key).empty();
        (idle ? seen_idle : seen_at_work) = true;
        config.set(parameter.key, config.default_value(parameter.key));
        EXPECT_FALSE(is_idle(config, parameter.key)) << parameter.key;
        EXPECT_EQ(error_of([&] { refuse_idle_keys(config); }), "") << parameter.key;
        const auto value = other_value(parameter, config.default_value(parameter.key));
        ASSERT_TRUE(value) << parameter.key;
        config.set(parameter.key, *value);
        // Points or a path alone can only mean their source: they are their own switch where none is said.
        const bool still_idle = !config.unavailable_reason(parameter.key).empty();
        const std::string message = error_of([&] { load_text(scene_text_of(config)); });
        if (still_idle) {
          expect_idle_refused(config, parameter, message);
          ++refused;
        } else {
          EXPECT_EQ(message.find(parameter.key + " has no effect"), std::string::npos) << message;
          EXPECT_FALSE(is_idle(config, parameter.key)) << parameter.key;
          ++accepted;
        }
      }
      EXPECT_TRUE(seen_idle) << lab->id() << " " << parameter.key << " never is without effect";
      EXPECT_TRUE(seen_at_work || parameter.switched_by.size() > 1 || !read_by_a_rule(*lab, parameter.key))
          << lab->id() << " " << parameter.key << " never has an effect";
    }
  }
  EXPECT_GT(refused, 200);
  EXPECT_GT(accepted, 50);
}

// What a message advises is accepted: the key is at work with each of the values, and no lab is told to use a
// rule whose models it lacks.
TEST(IdleKeys, WhatIsAdvisedHelps) {
  int rules = 0, reasons = 0;
  for (const Lab* lab : labs())
    for (const Parameter& parameter : lab->parameters()->all()) {
      if (!parameter.unavailable) continue;
      for (const Config& config : switched_configurations(*lab, parameter)) {
        if (parameter.unavailable(config).empty()) continue;
        const std::string words = idle_sentence(config, parameter.key);
        reasons += words.find("; it has with ") == std::string::npos;
        if (words.find("optimizer.method") == std::string::npos) continue;
        for (const OptimizerType& rule : optimizers()) {
          const bool advised =
              words.find("\"" + rule.id + "\"", words.find("; it has")) != std::string::npos &&
              words.find("; it has") != std::string::npos;
          EXPECT_FALSE(advised && lacking_rules(*lab).contains(rule.id)) << lab->id() << ": " << words;
          rules += advised;
        }
      }
    }
  EXPECT_GT(rules, 100);
  EXPECT_GT(reasons, 10);
}

// Of several switches that are off the one is named that the reason is about.
TEST(IdleKeys, NameTheSwitchThatTheReasonIsAbout) {
  const auto said = [](const std::string& lab, const std::string& toml, const std::string& key) {
    return idle_sentence(parse_scene("format = 1\nlab = \"" + lab + "\"\n" + toml, "s.toml").config, key);
  };
  const std::string frozen = "[model]\ncovariance = \"fixed\"\nlearn = [\"means\"]\n";
  EXPECT_EQ(said("mixture", frozen, "model.sigma_floor"),
            "has no effect with model.covariance = \"fixed\": Fixed covariances stay as they are.");
  EXPECT_EQ(said("mixture", frozen, "optimizer.reg_covar"),
            "has no effect with optimizer.method = \"gd\": Regularisation has no effect on this rule.");
  EXPECT_EQ(
      said("mixture", "[model]\nlearn = [\"means\"]\n", "model.sigma_floor"),
      "has no effect with model.learn = [\"means\"]; it has with [\"means\", \"covariances\", \"weights\"]");
  EXPECT_EQ(said("mixture", "[optimizer]\nmethod = \"gd_to_em\"\n", "optimizer.reg_covar"),
            "has no effect with optimizer.blend = 0.0: At blend 0 the M-step has no share in a step.");
  EXPECT_EQ(said("mixture", "[optimizer]\nmethod = \"gd_to_em\"\nblend = 1\n", "optimizer.learning_rate"),
            "has no effect with optimizer.blend = 1.0: At blend 1 the gradient has no share in a step.");
  EXPECT_EQ(said("attention", "", "optimizer.reg_covar"),
            "has no effect with optimizer.method = \"gd\": Regularisation has no effect on this rule.");
}

TEST(IdleKeys, NameWhatWouldHelp) {
  const auto message = [](const std::string& toml) {
    return error_of([&] { load_text("format = 1\nlab = \"mixture\"\n" + toml); });
  };
  EXPECT_EQ(message("[model]\nnu = 5.0\n"),
            "s.toml:4:6: model.nu = 5.0: has no effect with model.energy = \"gaussian\"; it has with "
            "\"student_t\"");
  EXPECT_EQ(message("[model]\nnu = 3\n"), "") << "the default";
  EXPECT_EQ(message("[model]\nmeans = [[0, 0], [1, 1], [2, 2]]\n").substr(0, 24), "s.toml:4:9: model.means ");
  EXPECT_NE(message("[optimizer]\nmethod = \"em\"\nweight_decay = 0.1\n").find("\"sgd\", \"momentum\""),
            std::string::npos);
  EXPECT_EQ(
      message("[schedule]\ntemperature_end = 0.5\n"),
      "s.toml:4:19: schedule.temperature_end = 0.5: has no effect with schedule.temperature_decay = 1.0: "
      "The temperature is constant: its decay is 1.");
  EXPECT_EQ(message("[optimizer]\nmomentum = 0.5\n[model]\nnu = 5.0\n").substr(0, 11), "s.toml:4:12")
      << "the first in the file";
}

TEST(IdleKeys, ABuiltInSceneHasNone) {
  int scenes = 0;
  for (const std::string& name : builtin_scenes()) {
    EXPECT_EQ(error_of([&] { load_scene(name); }), "");
    ++scenes;
  }
  EXPECT_GT(scenes, 40);
}

// A session holds what was kept: it opens, replays to the same bits and has it still.
TEST(IdleKeys, WhatASwitchTurnedOffLaterIsKeptBySessionsAndStateStrings) {
  iem::Run run(mixture_scene("[model]\nenergy = \"student_t\"\nnu = 5.0\n[optimizer]\nlearning_rate = 0.3\n"),
               pool());
  run.seek(3);
  run.apply({"model.energy", std::string("gaussian")});
  run.apply({"optimizer.method", std::string("em")});
  run.seek(6);
  ASSERT_TRUE(is_idle(run.setup().config(), "model.nu"));
  ASSERT_TRUE(is_idle(run.setup().config(), "optimizer.learning_rate"));
  // And begun again: the settings kept are those of the scene then.
  const iem::Run again(run.setup().scene, pool());
  for (const iem::Run* each : std::initializer_list<const iem::Run*>{&run, &again}) {
    const LoadedSession session =
        load_session(save_session(*each, each->setup().config()), "s.iemlab", pool());
    EXPECT_EQ(session.parted, "");
    EXPECT_EQ(session.run.state().hash(), each->state().hash());
    EXPECT_EQ(session.run.setup().config().real("model.nu"), 5.0);
    const LoadedSession string = load_replay(write_state_string(*each, each->setup().config()), pool());
    EXPECT_EQ(string.parted, "");
    EXPECT_EQ(string.run.state().hash(), each->state().hash());
  }
}

// In the window a change of energy is never refused for what it switches off, and undo brings all of it back.
TEST(IdleKeys, UndoBringsBackWhatWasSwitchedOff) {
  Engine engine(iem::Run(mixture_scene("[model]\nenergy = \"student_t\"\nnu = 5.0\n"), pool()));
  engine.apply({"model.energy", std::string("gaussian")});
  engine.restart();
  engine.step(2);
  engine.wait_until_idle();
  EXPECT_TRUE(engine.take_notices().empty());
  EXPECT_TRUE(is_idle(engine.snapshot()->config(), "model.nu"));
  engine.undo();
  engine.undo();
  engine.wait_until_idle();
  EXPECT_TRUE(engine.take_notices().empty());
  EXPECT_EQ(engine.snapshot()->config().text("model.energy"), "student_t");
  EXPECT_EQ(engine.snapshot()->config().real("model.nu"), 5.0);
}

}  // namespace
}  // namespace iem
