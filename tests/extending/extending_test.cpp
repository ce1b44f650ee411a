// A program with one energy, rule, data source and lab more than ours, each one file pair and one line:
// everything else must know them by itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/cli.h"
#include "core/base/error.h"
#include "core/check/check.h"
#include "core/energy/energy.h"
#include "core/field/field.h"
#include "core/kernel/pass.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/engine.h"
#include "core/session/program_checks.h"
#include "core/session/scene_file.h"
#include "core/session/scene_groups.h"
#include "core/session/session.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

using Json = nlohmann::json;

std::shared_ptr<ThreadPool> pool() { return std::make_shared<ThreadPool>(1); }

Scene scene(const std::string& lab, const std::string& toml) {
  return parse_scene("format = 1\nlab = \"" + lab + "\"\n" + toml, "toy.toml");
}

bool offers(const std::string& key, const std::string& id) {
  const auto& choices = find_lab("mixture")->parameters()->find(key)->choices;
  return std::find(choices.begin(), choices.end(), id) != choices.end();
}

// The command line of this program: exit code and standard output.
struct Said {
  int exit = 0;
  std::string out;
};
Said iemlab(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "iemlab");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  ::testing::internal::CaptureStdout();
  const int exit = cli::run_main(static_cast<int>(argv.size()), argv.data(), {});
  return {exit, ::testing::internal::GetCapturedStdout()};
}

bool lists(const std::string& what, const std::string& id) {
  const Said said = iemlab({"list", what, "--json"});
  EXPECT_EQ(said.exit, 0);
  for (const Json& item : Json::parse(said.out))
    if (item.at("id") == id) return true;
  return false;
}

void expect_checks(const Snapshot& snapshot) {
  for (const CheckResult& result : run_checks(snapshot))
    EXPECT_NE(result.status, CheckStatus::fail) << result.id << ": " << result.error;
}

// --- an energy ---

TEST(ToyEnergy, IsInTheTablesAndOnTheCommandLine) {
  ASSERT_NE(find_energy("log_cosh"), nullptr);
  EXPECT_TRUE(offers("model.energy", "log_cosh"));
  EXPECT_TRUE(lists("energies", "log_cosh"));
  EXPECT_FALSE(energy_glsl("log_cosh").empty()) << "the shader has its line";
  try {
    scene("mixture", "[model]\nenergy = \"log_cos\"\n");
    ADD_FAILURE();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean log_cosh?"), std::string::npos) << error.what();
  }
}

TEST(ToyEnergy, RunsPassesTheChecksAndHasTheSameBitsOnEveryInstructionSet) {
  const Scene toy = scene("mixture", "[model]\nenergy = \"log_cosh\"\n[optimizer]\nlearning_rate = 0.4\n");
  std::vector<std::uint64_t> hashes;
  const std::string best = kernel::isa_name(kernel::active_isa());
  for (kernel::Isa isa : {kernel::Isa::baseline, kernel::Isa::avx2, kernel::Isa::avx512}) {
    if (!kernel::set_active_isa(kernel::isa_name(isa))) continue;
    iem::Run run(toy, pool());
    run.seek(40);
    EXPECT_LT(run.history().row(40)[0], run.history().row(0)[0]);
    expect_checks(*take_snapshot(run));
    hashes.push_back(run.state().hash());
  }
  kernel::set_active_isa(best.c_str());
  EXPECT_EQ(std::count(hashes.begin(), hashes.end(), hashes[0]), static_cast<std::ptrdiff_t>(hashes.size()));
}

TEST(ToyEnergy, DrawsItsFieldAndHasAnEmThatNeverRaisesTheLoss) {
  iem::Run run(scene("mixture", "[model]\nenergy = \"log_cosh\"\n"), pool());
  run.seek(5);
  const auto snapshot = take_snapshot(run);
  for (const FigureType& type : lab_of(*snapshot->setup).figures())
    EXPECT_FALSE(
        lab_of(*snapshot->setup).figure(type.id, *snapshot, {snapshot->config(), {}, {}}).panels.empty())
        << type.id;
  run.apply({"optimizer.method", std::string("em")});
  run.apply({"optimizer.reg_covar", 0.0});
  for (int step = 0; step < 30; ++step) {
    const double before = run.evaluation().loss;
    run.step();
    EXPECT_LE(run.evaluation().loss, before + 1e-12) << step;
  }
  EXPECT_LT(run.evaluation().loss, run.history().row(5)[0] - 1e-3);
}

// --- a rule ---

TEST(ToyRule, IsInTheTablesAndOnTheCommandLine) {
  EXPECT_TRUE(offers("optimizer.method", "sign"));
  EXPECT_TRUE(lists("optimizers", "sign"));
  Config config("mixture", find_lab("mixture")->parameters());
  config.set("optimizer.method", std::string("sign"));
  EXPECT_EQ(config.unavailable_reason("optimizer.learning_rate"), "") << "it reads the shared key";
  EXPECT_NE(config.unavailable_reason("optimizer.reg_covar"), "");
}

TEST(ToyRule, MovesEveryParameterEquallyFar) {
  iem::Run run(scene("mixture", "[optimizer]\nmethod = \"sign\"\nlearning_rate = 0.125\n"), pool());
  const Theta before = run.state().theta;
  run.step();
  const Eigen::VectorXd moved = (run.state().theta - before).cwiseAbs();
  for (double length : moved) EXPECT_TRUE(length == 0 || std::abs(length - 0.125) < 1e-14) << length;
  EXPECT_GT(moved.maxCoeff(), 0);
}

// --- a data source ---

TEST(ToySource, IsInTheTablesAndMakesItsPoints) {
  EXPECT_TRUE(offers("data.source", "cross"));
  const Scene toy = scene("mixture", "[data]\nsource = \"cross\"\ncount = 51\nnoise = 0.0\n");
  EXPECT_EQ(toy.config.unavailable_reason("data.noise"), "");
  EXPECT_NE(toy.config.unavailable_reason("data.clusters"), "");
  iem::Run run(toy, pool());
  EXPECT_EQ(run.setup().data->size(), 51);
  for (Eigen::Index i = 0; i < 51; ++i) EXPECT_EQ(run.setup().data->points(i, 1 - i % 2), 0);
  run.seek(3);
  run.apply({"data.source", std::string("blobs")});
  run.apply({"data.source", std::string("cross")});
  EXPECT_EQ(run.setup().data->points(0, 1), 0);
}

// --- a lab ---

const char* const kToyScene = "seed = 2\n[data]\nsource = \"cross\"\n[optimizer]\nlearning_rate = 0.25\n";

TEST(ToyLab, IsInTheListsTheSceneReaderAndTheParameterTable) {
  ASSERT_NE(find_lab("centre"), nullptr);
  EXPECT_TRUE(lists("labs", "centre"));
  EXPECT_TRUE(lists("parameters", "data.source"));
  const Json figures = Json::parse(iemlab({"list", "figures", "--lab", "centre", "--json"}).out);
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].at("id"), "stage");
  EXPECT_EQ(scene("centre", kToyScene).config.lab(), "centre");
  EXPECT_THROW(scene("centre", "[model]\ncomponents = 3\n"), InputError) << "a key of another lab";
}

// Every line of `longer` that `shorter` has not, when the others are the same in the same order.
std::vector<std::string> lines_added(const std::string& shorter, const std::string& longer) {
  std::ifstream before(shorter), after(longer);
  std::vector<std::string> added;
  std::string old, now;
  bool more = static_cast<bool>(std::getline(before, old));
  while (std::getline(after, now)) {
    if (more && now == old)
      more = static_cast<bool>(std::getline(before, old));
    else
      added.push_back(now);
  }
  EXPECT_FALSE(more) << "a line is gone or another: " << old;
  return added;
}

TEST(ToyLab, TouchesOneLineOfOneFile) {
  const std::filesystem::path house = IEMLAB_HOUSE, source = IEMLAB_SOURCE_DIR;
  std::vector<std::string> changed;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(house / "core/labs")) {
    if (!entry.is_regular_file() || entry.path().extension() == ".new") continue;
    const std::filesystem::path path = std::filesystem::relative(entry.path(), house);
    if (std::filesystem::exists(source / path)) changed.push_back(path.string());
  }
  ASSERT_EQ(changed, std::vector<std::string>{"core/labs/registry.cpp"});
  EXPECT_EQ(lines_added((source / changed[0]).string(), (house / changed[0]).string()),
            std::vector<std::string>{"  lab(centre) \\"});
}

TEST(ToyLab, IsAtMost120Lines) {
  std::ifstream file(std::filesystem::path(IEMLAB_HOUSE) / "core/labs/centre/lab.cpp");
  int lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  EXPECT_GT(lines, 40);
  EXPECT_LE(lines, 120);
}

TEST(ToyLab, HasItsHeadingInTheListOfScenes) {
  const std::string named = "format = 1\nlab = \"mixture\"\n[about]\ngroup = \"centre\"\n";
  EXPECT_EQ(group_of(parse_scene(named, "toy.toml")).label, "centre");
  EXPECT_EQ(group_of(scene("centre", kToyScene)).label, "centre");
}

TEST(ToyLab, StepsScrubsTakesEditsAndReplays) {
  iem::Run run(scene("centre", kToyScene), pool(), 1);
  std::vector<std::uint64_t> hashes = {run.state().hash()};
  for (int step = 1; step <= 20; ++step) {
    run.step();
    if (step == 9) run.apply({"state.centre", Tensor{{1, 2}, {3, -1}}});
    if (step == 14) run.apply({"optimizer.method", std::string("sign")});
    hashes.push_back(run.state().hash());
  }
  for (std::int64_t step = 20; step >= 0; --step) {
    run.seek(step);
    ASSERT_EQ(run.state().hash(), hashes[static_cast<std::size_t>(step)]) << step;
  }
  run.seek(20);
  expect_checks(*take_snapshot(run));
  const LoadedSession loaded = load_session(save_session(run, run.setup().config()), "toy.iemlab", pool());
  EXPECT_EQ(loaded.parted, "");
  EXPECT_EQ(loaded.run.state().hash(), hashes[20]);
  for (const CheckResult& result : run_program_checks(run.origin(), 12))
    EXPECT_EQ(result.status, CheckStatus::pass) << result.id;
}

TEST(ToyLab, PlaysOnTheEngine) {
  Engine engine(iem::Run(scene("centre", kToyScene), pool()));
  engine.apply({"optimizer.learning_rate", 1.0});
  engine.step(1);
  engine.wait_until_idle();
  EXPECT_TRUE(engine.take_notices().empty());
  EXPECT_LT(engine.snapshot()->evaluation.gradient_norm(), 1e-12) << "the whole way in one step";
}

TEST(ToyLab, HasARunAFigureATraceAndChecksOnTheCommandLine) {
  const test::Folder folder;
  const std::string path =
      folder.write("toy.toml", std::string("format = 1\nlab = \"centre\"\n") + kToyScene);
  const std::string svg = folder.at("stage.svg"), trace = folder.at("trace.csv"),
                    state = folder.at("state.json");
  const Said run = iemlab({"run", path, "--steps", "5", "--figure", "stage=" + svg, "--trace", trace,
                           "--state", state, "--json"});
  EXPECT_EQ(run.exit, 0);
  const Json json = Json::parse(run.out);
  EXPECT_EQ(json.at("lab"), "centre");
  EXPECT_EQ(json.at("steps"), 5);
  EXPECT_GT(std::filesystem::file_size(svg), 500u);
  std::ifstream rows(trace);
  std::string header;
  std::getline(rows, header);
  EXPECT_NE(header.find("step,loss,grad_norm"), std::string::npos) << header;
  EXPECT_EQ(Json::parse(std::ifstream(state)).at("parameters").at("centre").size(), 1u);
  const Said checks = iemlab({"check", path, "--steps", "5", "--json"});
  EXPECT_EQ(checks.exit, 0) << checks.out;
  EXPECT_NE(checks.out.find("replay"), std::string::npos);
  EXPECT_EQ(checks.out.find("monotone_em"), std::string::npos)
      << "the checks of another lab are not run on it";
}

}  // namespace
}  // namespace iem
