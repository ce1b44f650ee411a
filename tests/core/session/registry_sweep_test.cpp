// Every key of every lab with every kind of value that nobody should write: taken, or refused in one line at
// its place. Whatever is taken makes a run, or is refused by the lab in the same way.
#include <gtest/gtest.h>

#include <set>

#include "core/base/utf8.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/run.h"
#include "core/session/scene_file.h"
#include "tests/core/error_of.h"
#include "tests/core/support.h"

namespace iem {
namespace {

using testing::pool;

const std::vector<std::string> kValues = {"true",
                                          "-1",
                                          "0",
                                          "1",
                                          "2",
                                          "64",
                                          "1000001",
                                          "9223372036854775807",
                                          "-9223372036854775808",
                                          "0.0",
                                          "-0.0",
                                          "0.5",
                                          "-0.5",
                                          "1e-308",
                                          "5e-324",
                                          "1e15",
                                          "1.7976931348623157e308",
                                          "inf",
                                          "-inf",
                                          "nan",
                                          "\"\"",
                                          "\"\\u0000\"",
                                          "\"\\u001b]0;x\\u0007\"",
                                          "\"a\\nb\"",
                                          "\"gaussian\"",
                                          "\"/dev/zero\"",
                                          "\"builtin:../x\"",
                                          "\"\\u202Egnp\"",
                                          "[]",
                                          "[[]]",
                                          "[0]",
                                          "[1, 2]",
                                          "[2, 1]",
                                          "[nan, 1]",
                                          "[[0, 1], [2, 3]]",
                                          "[[1], [2, 3]]",
                                          "[[[1, 0], [0, 1]]]",
                                          "[\"means\"]",
                                          "[\"means\", \"means\"]",
                                          "[\"x\", 1]",
                                          "[1e308, -1e308]",
                                          "1979-05-27",
                                          "{}",
                                          "{a = 1}"};

void expect_one_line_at(const std::string& message, const std::string& what) {
  EXPECT_TRUE(message.starts_with("s.toml:3:") || message.starts_with("s.toml: "))
      << what << " -> " << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << what;
  EXPECT_EQ(invalid_utf8(message), message.size()) << what;
  EXPECT_LT(message.size(), 1000u) << what << " -> " << message;
}

TEST(RegistrySweep, EveryKeyWithEveryNastyValueIsTakenOrRefusedInOneLine) {
  int tried = 0, refused = 0, made = 0;
  for (const Lab* lab : labs()) {
    for (const Parameter& parameter : lab->parameters()->all()) {
      for (const std::string& value : kValues) {
        const std::string what = lab->id() + " " + parameter.key + " = " + value;
        const std::string text =
            "format = 1\nlab = \"" + lab->id() + "\"\n" + parameter.key + " = " + value + "\n";
        ++tried;
        std::optional<Scene> scene;
        const std::string message = error_of([&] { scene = parse_scene(text, "s.toml"); });
        if (!scene) {
          ++refused;
          expect_one_line_at(message, what);
          EXPECT_NE(message.find(parameter.key), std::string::npos) << what << " -> " << message;
          continue;
        }
        // Millions of points are allowed and take their time.
        const auto* number = std::get_if<std::int64_t>(&scene->config.value(parameter.key));
        if (parameter.effect == Effect::data && number != nullptr && *number > 1000 &&
            !parameter.key.starts_with("seed"))
          continue;
        const std::string later = error_of([&] { iem::Run run(std::move(*scene), pool()); });
        later.empty() ? ++made : ++refused;
        if (!later.empty()) expect_one_line_at(later, what);
      }
    }
  }
  EXPECT_GT(tried, 5000);
  EXPECT_GT(refused, 4 * tried / 10);
  EXPECT_GT(made, tried / 20);
}

TEST(RegistrySweep, HintsAreWordsThatCouldHaveBeenMeant) {
  const auto hint = [](const std::string& key) { return find_lab("mixture")->parameters()->nearest(key); };
  for (const char* key : {"a", "q", "z", "qq", "-", "model.a", "zz.b", "1"}) EXPECT_EQ(hint(key), "") << key;
  EXPECT_EQ(hint("x"), "view.x");  // the name itself, without its table
  EXPECT_EQ(hint("model.componets"), "model.components");
  EXPECT_EQ(hint("learning_rte"), "optimizer.learning_rate");
  EXPECT_EQ(hint("sed"), "seed");
}

TEST(RegistrySweep, ARefusedDefaultNamesThePlaceOfWhatIsThereAndCountsInWords) {
  const auto refusal = [](const std::string& more) {
    return error_of([&] {
      iem::Run run(parse_scene("format = 1\nlab = \"mixture\"\n" + more, "folder/s.toml"), pool());
    });
  };
  EXPECT_EQ(
      refusal("data.count = 2\n"),
      "folder/s.toml:3:14: model.components = 3: there are only 2 points; use at most as many prototypes");
  EXPECT_EQ(
      refusal("data.count = 1\n"),
      "folder/s.toml:3:14: model.components = 3: there is only 1 point; use at most as many prototypes");
  EXPECT_EQ(refusal("data.source = \"inline\"\ndata.points = [[1, 2], [1, 2], [1, 2]]\n"),
            "folder/s.toml:4:15: model.components = 3: there is only 1 distinct point; use at most as many "
            "prototypes");
  EXPECT_EQ(refusal("\"data.count\" = 7\n"),
            "folder/s.toml:3:1: unknown key \"data.count\"; did you mean data.count?");
}

}  // namespace
}  // namespace iem
