// What a lab calls its figures, sub-steps, blocks and curves is the lab's own business: app/ finds them by
// what they are for, never by name.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "tests/core/support.h"

namespace iem::testing {
namespace {

namespace fs = std::filesystem;

std::string series_of_mark(const Mark& mark) {
  return std::visit(
      [](const auto& each) -> std::string {
        if constexpr (requires { each.series; })
          return each.series;
        else
          return {};
      },
      mark);
}

void add_names_of_run(const iem::Run& run, std::set<std::string>& names) {
  const auto snapshot = take_snapshot(run);
  const Lab& lab = lab_of(run.setup());
  for (const NamedTensor& block : snapshot->model().natural(snapshot->state.theta)) {
    names.insert(block.name);
    names.insert("state." + block.name);
  }
  if (snapshot->data().size() > 0)
    for (const Phase& phase : lab.phases(*snapshot, 0)) names.insert(phase.id);
  for (const FigureType& type : lab.figures()) {
    if (type.needs.slow) continue;
    const Figure figure = lab.figure(type.id, *snapshot, {snapshot->config(), {}, {}});
    for (const Panel& panel : figure.panels)
      for (const Mark& mark : panel.marks) names.insert(series_of_mark(mark));
  }
}

// Of every lab, and of the first scenes there are of it.
const std::set<std::string>& names_of_labs() {
  static const std::set<std::string> all = [] {
    std::set<std::string> names;
    for (const Lab* lab : labs()) {
      names.insert(lab->id());
      for (const FigureType& type : lab->figures()) names.insert(type.id);
      std::vector<std::string> scenes = scenes_of(lab->id());
      scenes.resize(std::min<std::size_t>(scenes.size(), 3));
      EXPECT_FALSE(scenes.empty()) << lab->id();
      for (const std::string& scene : scenes) add_names_of_run(iem::Run(load_scene(scene), pool()), names);
    }
    names.erase("");
    return names;
  }();
  return all;
}

// The same word, said of something else.
const std::set<std::pair<std::string, std::string>> kOtherThings = {
    {"app/cli/sweep_command.cpp", "loss"},     // the metric
    {"app/export/table_writer.cpp", "data"}};  // of the record of a run

struct Literal {
  std::string file, text, line, before;  // what stands before it on its line
};

std::vector<Literal> literals_of_app() {
  static const std::regex literal("\"((?:[^\"\\\\]|\\\\.)*)\"");
  std::vector<Literal> out;
  const fs::path top = IEMLAB_SOURCE_DIR;
  for (const auto& entry : fs::recursive_directory_iterator(top / "app")) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cpp") continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      if (line.find("#include") != std::string::npos) continue;
      for (std::sregex_iterator it(line.begin(), line.end(), literal), end; it != end; ++it)
        out.push_back({fs::relative(entry.path(), top).string(), (*it)[1], line, it->prefix()});
    }
  }
  return out;
}

// Compared with something, or asked for by it.
bool is_looked_for(const Literal& literal) {
  static const std::regex asks(
      "(==|!=|starts_with\\(|ends_with\\(|contains\\(|find\\(|figure\\(|block\\(|draw\\(context,|apply\\(\\{)"
      " "
      "*$");
  return std::regex_search(literal.before, asks);
}

bool is_part_of_a_name(const Literal& literal) {
  const auto any = [&](auto&& holds) { return std::ranges::any_of(names_of_labs(), holds); };
  if (literal.before.ends_with("ends_with("))
    return any([&](const std::string& name) { return name.ends_with(literal.text); });
  if (literal.before.ends_with("starts_with("))
    return any([&](const std::string& name) { return name.starts_with(literal.text); });
  return names_of_labs().contains(literal.text);
}

TEST(Names, OfLabsAreNotSaidInTheWindowOrOnTheCommandLine) {
  EXPECT_GT(names_of_labs().size(), 60U);
  const std::vector<Literal> literals = literals_of_app();
  EXPECT_GT(literals.size(), 1000U);
  std::set<std::pair<std::string, std::string>> used;
  for (const Literal& literal : literals) {
    if (!is_looked_for(literal) || !is_part_of_a_name(literal)) continue;
    EXPECT_TRUE(kOtherThings.contains({literal.file, literal.text})) << literal.file << ": " << literal.line;
    used.emplace(literal.file, literal.text);
  }
  EXPECT_EQ(used, kOtherThings) << "said no more";
  EXPECT_GT(std::ranges::count_if(literals, is_looked_for), 40);
}

// What the window looks for is there to be found.
TEST(Names, EveryLabSaysWhatItsFiguresAreFor) {
  int stages = 0, handles = 0;
  for (const Lab* lab : labs()) {
    const FigureType* stage = lab->figure_for(FigureUse::stage);
    EXPECT_NE(lab->figure_for(FigureUse::loss), nullptr) << lab->id();
    EXPECT_NE(lab->figure_for(FigureUse::identity), nullptr) << lab->id();
    EXPECT_TRUE(stage != nullptr || lab->derivation() != nullptr) << lab->id();
    stages += stage != nullptr ? 1 : 0;
    handles += static_cast<int>(lab->handles().size());
    if (lab->derivation() == nullptr) continue;
    const auto same = [&](const FigureType& type) { return type.id == lab->derivation()->figure; };
    EXPECT_TRUE(std::ranges::any_of(lab->figures(), same)) << lab->derivation()->figure;
    for (const std::string& row : lab->derivation()->rows)
      EXPECT_NE(std::ranges::find(lab->figures(), row, &FigureType::id), lab->figures().end()) << row;
  }
  EXPECT_EQ(stages, 5);
  EXPECT_EQ(handles, 18);
}

TEST(Names, OfABridgeAreThoseOfItsLab) {
  EXPECT_FALSE(bridges().empty());
  for (const Bridge* bridge : bridges()) {
    const Lab* lab = find_lab(bridge->from);
    ASSERT_NE(lab, nullptr) << bridge->id;
    EXPECT_TRUE(std::ranges::any_of(lab->figures(), [&](const FigureType& type) {
      return type.id == bridge->figure;
    })) << bridge->id;
  }
}

}  // namespace
}  // namespace iem::testing
