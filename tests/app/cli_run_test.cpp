// iemlab run: what is stepped, and what is said about it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "tests/app/command.h"

namespace iem::test {
namespace {

TEST(cli_run, says_in_a_few_lines_where_the_run_ended) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"run", "penguins", "--steps", "5"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_NE(outcome.out.find("step 5"), std::string::npos) << outcome.out;
  EXPECT_LE(lines_of(outcome.out).size(), 3u);
  EXPECT_TRUE(folder.files().empty());
}

TEST(cli_run, where_nothing_is_learned_there_is_no_J_to_be_told) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"run", "tanh", "--steps", "1"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_NE(outcome.out.find("no J"), std::string::npos) << outcome.out;
  EXPECT_EQ(outcome.out.find("nan"), std::string::npos) << outcome.out;
}

TEST(cli_run, quiet_says_nothing) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"run", "penguins", "--steps", "2", "--quiet"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out + outcome.err, "");
}

TEST(cli_run, json_is_one_object_with_the_contracted_keys) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"run", "penguins", "--steps", "7", "--json", "--threads", "2"});
  const auto json = outcome.json();
  EXPECT_EQ(lines_of(outcome.out).size(), 1u);
  EXPECT_EQ(json["lab"], "mixture");
  EXPECT_EQ(json["steps"], 7);
  EXPECT_TRUE(json["loss"].is_number_float());
  EXPECT_GT(json["wall_seconds"].get<double>(), 0);
  EXPECT_GT(json["step_seconds_median"].get<double>(), 0);
  EXPECT_LE(json["step_seconds_median"].get<double>() * 4, json["wall_seconds"].get<double>() * 1.01);
  EXPECT_EQ(json["threads"], 2);
  EXPECT_TRUE(json["isa"].is_string());
  EXPECT_EQ(json["hash"].get<std::string>().size(), 16u);
  EXPECT_EQ(json["exit"], "steps");
}

TEST(cli_run, takes_100_steps_without_stop_conditions) {
  const Folder folder;
  EXPECT_EQ(iemlab(folder, {"run", "three_blobs", "--json"}).json()["steps"], 100);
}

TEST(cli_run, stops_at_whichever_condition_comes_first) {
  const Folder folder;
  const auto run = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"run", "three_blobs", "--json", "--set", "optimizer.method=em"});
    return iemlab(folder, more).json();
  };
  EXPECT_EQ(run({"--set", "schedule.stop_steps=12"})["steps"], 12);
  const auto flat = run({"--set", "schedule.stop_grad_norm=1e-3"});
  EXPECT_EQ(flat["exit"], "grad_norm");
  const auto still = run({"--set", "schedule.stop_loss_change=1e-9", "--set", "schedule.stop_steps=5000"});
  EXPECT_EQ(still["exit"], "loss_change");
  EXPECT_LT(still["steps"], 5000);
  // --steps replaces stop_steps and leaves the others.
  EXPECT_EQ(run({"--set", "schedule.stop_steps=3", "--steps", "6"})["steps"], 6);
  EXPECT_EQ(run({"--set", "schedule.stop_loss_change=1e-9", "--steps", "5000"})["exit"], "loss_change");
}

TEST(cli_run, is_the_same_to_the_last_bit_every_time_and_for_any_number_of_threads) {
  const Folder folder;
  const std::string once = hash_of(folder, {"penguins", "--steps", "20", "--threads", "1"});
  EXPECT_EQ(hash_of(folder, {"penguins", "--steps", "20", "--threads", "1"}), once);
  EXPECT_EQ(hash_of(folder, {"penguins", "--steps", "20", "--threads", "2"}), once);
  EXPECT_EQ(hash_of(folder, {"penguins", "--steps", "20", "--threads", "0"}), once);
}

TEST(cli_run, seed_and_set_win_over_the_file) {
  const Folder folder;
  folder.write("a.toml", small_scene("seed = 1\n[seeds]\ndata = 5\n[data]\nsource = \"blobs\"\n"));
  const std::string own = hash_of(folder, {"a.toml", "--steps", "3"});
  const std::string other = hash_of(folder, {"a.toml", "--steps", "3", "--seed", "2"});
  EXPECT_NE(own, other);
  folder.write("b.toml", small_scene("seed = 2\n[data]\nsource = \"blobs\"\n"));
  EXPECT_EQ(hash_of(folder, {"b.toml", "--steps", "3"}), other);  // [seeds] was dropped
  EXPECT_NE(hash_of(folder, {"a.toml", "--steps", "3", "--set", "optimizer.learning_rate=0.02"}), own);
  EXPECT_EQ(hash_of(folder, {"a.toml", "--steps", "3", "--set", "seed=9", "--set", "seed=1"}), own);
}

TEST(cli_run, every_instruction_set_of_this_machine_gives_the_same_bits) {
  const Folder folder;
  const Outcome refused = iemlab(folder, {"run", "penguins", "--isa", "abacus"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("this machine has"), std::string::npos);
  const std::string reference = hash_of(folder, {"penguins", "--steps", "10"});
  for (const std::string isa : {"sse2", "avx2", "avx512"}) {
    const Outcome outcome = iemlab(folder, {"run", "penguins", "--steps", "10", "--json", "--isa", isa});
    if (outcome.code == 2) continue;  // not on this machine
    EXPECT_EQ(outcome.json()["isa"], isa);
    EXPECT_EQ(outcome.json()["hash"], reference) << isa;
  }
}

TEST(cli_run, edits_on_the_way_take_effect_when_that_many_steps_are_done) {
  const Folder folder;
  const auto losses = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"run", "penguins", "--steps", "6", "--quiet", "--trace", "t.csv"});
    const Outcome outcome = iemlab(folder, more);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return table_of(folder.read("t.csv")).column("loss");
  };
  const auto plain = losses({}), edited = losses({"--at", "3:optimizer.learning_rate=0.01"});
  for (std::size_t t = 0; t <= 3; ++t) EXPECT_EQ(plain[t], edited[t]);
  EXPECT_NE(plain[4], edited[4]);
  EXPECT_EQ(losses({"--at", "0:optimizer.learning_rate=0.01"}),
            losses({"--set", "optimizer.learning_rate=0.01"}));
  // A hand on the state, and a change of shape.
  const auto moved = losses({"--at", "2:state.means=[[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]"});
  EXPECT_NE(moved[2], plain[2]);
  EXPECT_EQ(moved[1], plain[1]);
  losses({"--at", "2:model.components=5", "--at", "4:model.covariance=diag", "--at", "6:model.components=1"});
}

TEST(cli_run, ctrl_c_ends_after_the_step_and_writes_what_was_asked_for) {
  const Folder folder;
  Started started(
      {IEMLAB_BINARY, "run", "moons", "--steps", "1000000000", "--trace", "t.csv", "--state", "s.json"},
      folder);
  started.wait_until_it_works();
  started.interrupt();
  const Outcome outcome = started.wait();
  EXPECT_EQ(outcome.code, 130) << outcome.err;
  EXPECT_EQ(folder.files(), (std::vector<std::string>{"s.json", "t.csv", "t.csv.json"}));
  const auto state = nlohmann::json::parse(folder.read("s.json"));
  EXPECT_EQ(static_cast<std::int64_t>(table_of(folder.read("t.csv")).rows.size()),
            state["step"].get<std::int64_t>() + 1);
}

TEST(cli_run, a_run_that_becomes_non_finite_says_when_and_still_writes) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"run", "three_blobs", "--set", "optimizer.learning_rate=1e300", "--trace", "t.csv",
                      "--state", "s.json", "--figure", "loss=l.svg", "--json"});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(lines_of(outcome.err).size(), 1u);
  EXPECT_EQ(outcome.err.find("iemlab: the run became non-finite at step "), 0u) << outcome.err;
  EXPECT_EQ(outcome.json()["exit"], "non_finite");
  EXPECT_EQ(folder.files(), (std::vector<std::string>{"l.svg", "s.json", "t.csv", "t.csv.json"}));
}

// A curve has a gap where its number has no logarithm; the table of the figure has the number.
TEST(cli_run, the_table_of_a_figure_with_a_logarithmic_axis_has_its_zeros) {
  const Folder folder;
  const auto same = [&](const std::string& scene, const std::string& figure, const std::string& series,
                        const std::string& column) {
    SCOPED_TRACE(scene);
    const Outcome outcome = iemlab(
        folder, {"run", scene, "--steps", "2", "--quiet", "--trace", "t.csv", "--figure", figure + "=f.csv"});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    std::vector<double> drawn;
    for (const std::string& line : lines_of(folder.read("f.csv")))
      if (const auto cells = csv_fields(line); cells.at(0) == series) drawn.push_back(std::stod(cells.at(2)));
    const std::vector<double> traced = table_of(folder.read("t.csv")).column(column);
    EXPECT_EQ(drawn, traced);
    EXPECT_NE(std::ranges::find(traced, 0.0), traced.end()) << "a zero is what this is about";
  };
  same("triangle_one_step", "loss", "loss", "loss");
  same("frozen_routing", "timescales", "routing drift", "routing_drift");
  same("frozen_routing", "timescales", "value drift", "value_drift");
}

TEST(cli_run, numbers_are_written_without_regard_to_the_locale) {
  const Folder folder;
  const std::string line = "iemlab run penguins --steps 1 --trace t.csv --figure stage=s.svg --quiet";
  EXPECT_EQ(shell(folder, line).code, 0);
  const std::string trace = folder.read("t.csv"), figure = folder.read("s.svg");
  EXPECT_EQ(shell(folder, "export LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8; " + line).code, 0);
  EXPECT_EQ(folder.read("t.csv"), trace);
  EXPECT_EQ(folder.read("s.svg"), figure);
}

}  // namespace
}  // namespace iem::test
