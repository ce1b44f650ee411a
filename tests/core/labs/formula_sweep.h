// Setups and claims for the tests that evaluate what the mixture lab shows.
#pragma once

#include <set>
#include <string>

#include "core/labs/kit/lab.h"
#include "core/optimize/optimizer.h"
#include "tests/core/labs/mixture/reference.h"

namespace iem::testing {

// 30 points, `step` steps after the start.
inline std::shared_ptr<const Snapshot> shown_state(const std::string& toml, std::int64_t step) {
  const std::string data = "\n[data]\nsource = \"blobs\"\ncount = 30\nnoise = 0.7\n";
  Run run(mixture_scene("seed = 3\n" + toml + data), pool());
  run.seek(step);
  return take_snapshot(run);
}

// Blocks [model] of every energy, covariance, responsibility, objective and some temperatures.
inline std::vector<std::string> all_models() {
  std::vector<std::string> out;
  for (const EnergyType& energy : energies())
    for (const std::string& covariance : covariance_names()) {
      if (energy.on_circle && covariance != "fixed") continue;
      const std::string head = "energy = \"" + energy.id + "\"\ncovariance = \"" + covariance + "\"\n";
      for (const std::string& responsibility : responsibility_names())
        for (const char* tau : {"1.0", "0.6", "4.0"}) {
          const std::string at =
              "responsibility = \"" + responsibility + "\"\ntemperature = " + std::string(tau) + "\n";
          out.push_back(head + at);
          if (energy.id == "gaussian" || covariance == "fixed")
            out.push_back(head + at + "volume_term = false\n");
        }
      out.push_back(head + "objective = \"sigmoid\"\n");
      if (energy.id == "gaussian")
        out.push_back(head + "objective = \"correntropy\"\ncorrentropy_scale = 1.7\n");
    }
  return out;
}

// What was evaluated.
struct FormulaSweep {
  std::set<std::string> formulas;
  int values = 0;

  void compare(const Eigen::MatrixXd& left, const Eigen::MatrixXd& right, const std::string& where,
               const std::string& formula) {
    EXPECT_TRUE(close(left, right, 2e-7)) << where << formula;
    ++values;
    formulas.insert(formula);
  }

  // a = b, where a has a value of its own; else it is a definition that the other statements use.
  void claim(TexEvaluator& e, const std::string& statement, const std::string& where) {
    const std::vector<std::string> sides = sides_of(statement);
    ASSERT_EQ(sides.size(), 2U) << where << statement;
    if (e.bound(sides[0]) != nullptr) return;  // memory
    const bool moves = statement.find("\\leftarrow") != std::string::npos;
    const auto left = e.known(moves ? sides[0] + "+\\Delta " + sides[0] : sides[0]);
    if (left)
      compare(*left, e.value(sides[1]), where, statement);
    else
      e.define(symbol_name(sides[0]), sides[1]);
  }

  // All statements of one text, definitions (which stand last) first.
  void claims(TexEvaluator& e, const std::string& tex, const std::string& where, bool each_component = true) {
    e.forget();
    const std::vector<std::string> statements = statements_of(tex);
    for (const std::string& statement : statements) {  // the gradient that memory is made of
      const auto sides = sides_of(statement);
      if (sides[0].ends_with("g") && symbol_name(sides[0]) == "g" && !e.known("g")) e.define("g", sides[1]);
    }
    for (const std::string& statement : statements) {  // memory that the first statement writes
      const auto sides = sides_of(statement);
      const bool writes = statement.find("\\leftarrow") != std::string::npos;
      if (writes && (sides[0] == "b" || sides[0] == "v")) {
        const Eigen::MatrixXd written = e.value(sides[1]);
        e.bind(sides[0], written);
      }
    }
    for (int j = 0; j < (each_component ? e.ranges.at("j") : 1); ++j) {
      e.at["j"] = j;
      for (auto s = statements.rbegin(); s != statements.rend(); ++s) claim(e, *s, where);
    }
    e.at.erase("j");
  }
};

}  // namespace iem::testing
