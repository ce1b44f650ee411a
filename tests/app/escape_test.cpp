// A title is words wherever it lands: in code, in TeX, in XML, in tables. Figures: figure_words_test.cpp.
#include "app/export/escape.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <vector>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "tests/app/command.h"
#include "tests/app/titled.h"
#include "tests/core/nasty_strings.h"

namespace iem::test {
namespace {

// Code of every language of every lab for each title, numbered; file 0 has a title that means nothing
// anywhere. Returns how many files of a language there are.
std::map<std::string, int> write_codes(const Folder& folder) {
  std::map<std::string, int> files;
  for (const Lab* lab : labs()) {
    if (lab->code_types().empty()) continue;
    std::vector<std::string> titles = {"Plain"};
    for (const std::string& nasty : nasty_bytes()) titles.push_back(nasty);
    for (std::size_t i = 0; i < titles.size(); ++i) {
      const auto snapshot = titled(lab->id(), titles[i]);
      for (const CodeType& type : lab->code_types()) {
        folder.write(lab->id() + "_" + type.id + "_" + std::to_string(i) + ".txt",
                     lab->code(type.id, *snapshot));
        ++files[lab->id() + "_" + type.id];
      }
    }
  }
  return files;
}

// Without its comments a program is the same program whatever the scene is called.
TEST(Code, IsTheSameProgramWhateverTheTitle) {
  const Folder folder;
  const auto files = write_codes(folder);
  ASSERT_GE(files.size(), 4u);
  // Python: the syntax tree without docstrings, by Python itself.
  folder.write(
      "same.py",
      "import ast, sys\n"
      "def tree(name):\n"
      "    t = ast.parse(open(name, 'rb').read())\n"
      "    for f in ast.walk(t):\n"
      "        if isinstance(f, ast.FunctionDef) and isinstance(f.body[0], ast.Expr): f.body.pop(0)\n"
      "    return ast.dump(t)\n"
      "bad = [n for n in sys.argv[1:] if tree(n) != tree(sys.argv[1])]\n"
      "sys.exit(', '.join(bad) or 0)\n");
  const auto check = [&](const std::string& stem, const std::string& command) {
    std::string names;
    for (int i = 0; i < files.at(stem); ++i) names += " " + stem + "_" + std::to_string(i) + ".txt";
    const Outcome outcome = shell(folder, command + names);
    EXPECT_EQ(outcome.code, 0) << stem << ": " << outcome.out << outcome.err;
  };
  const std::string compare =
      "same() { first=$(plain \"$1\"); for f; do [ \"$(plain \"$f\")\" = \"$first\" ] || { echo \"$f\"; "
      "return 1; }; "
      "done; }; ";
  int checked = 0;
  for (const auto& [stem, count] : files) {
    EXPECT_EQ(count, static_cast<int>(nasty_bytes().size()) + 1);
    if (stem.ends_with("numpy") || stem.ends_with("pytorch")) {
      if (has_tool("python3")) check(stem, "python3 same.py"), ++checked;
    } else if (stem.ends_with("cpp")) {
      // The preprocessor takes comments away; -trigraphs is how old C++ read.
      for (const std::string compiler : {"g++", "clang++"})
        if (has_tool(compiler))
          check(stem, "plain() { grep -v '^#include <cmath>$' \"$1\" | " + compiler +
                          " -E -P -trigraphs -x c++ - 2>&1; }; " + compare + "same"),
              ++checked;
    } else {
      EXPECT_TRUE(stem.ends_with("latex")) << stem << ": say how its comments are told from the rest";
      check(stem, "plain() { tr '\\r' '\\n' < \"$1\" | grep -v '^%'; }; " + compare + "same"), ++checked;
    }
  }
  EXPECT_GE(checked, 1);
  EXPECT_FALSE(folder.has("PWNED"));
}

TEST(Code, OfEveryLanguageIsUtf8OfVisibleCharacters) {
  int checked = 0;
  for (const Lab* lab : labs())
    for (const CodeType& type : lab->code_types())
      for (const std::string& nasty : nasty_bytes()) {
        const std::string code = lab->code(type.id, *titled(lab->id(), nasty));
        for (const std::string& line : lines_of(code)) EXPECT_EQ(one_line(line), line) << type.id;
        ++checked;
      }
  EXPECT_GE(checked, 4 * 30);
}

// The one C++ file that is really compiled; the test above says that all others are the same program.
TEST(Code, InCppCompilesAndInPythonIsImported) {
  const Folder folder;
  const auto snapshot = titled("activation", nasty_strings()[0]);
  const Lab& lab = *find_lab("activation");
  folder.write("a.cpp", lab.code("cpp", *snapshot));
  for (const std::string compiler : {"g++", "clang++"})
    if (has_tool(compiler)) {
      EXPECT_EQ(shell(folder, compiler + " -std=c++17 -Wall -Wextra -fsyntax-only a.cpp").code, 0)
          << compiler;
    }
  if (!has_tool("python3")) GTEST_SKIP() << "no python3";
  // Importing runs what is not inside a function; the libraries themselves are not needed for that.
  folder.write("numpy.py", "");
  folder.write("torch.py", "");
  for (std::size_t i = 0; i < nasty_strings().size(); ++i) {
    const auto named = titled("activation", nasty_strings()[i]);
    folder.write("n" + std::to_string(i) + ".py", lab.code("numpy", *named));
    folder.write("t" + std::to_string(i) + ".py", lab.code("pytorch", *named));
  }
  const std::string all = std::to_string(nasty_strings().size());
  const Outcome outcome =
      shell(folder, "python3 -c 'import importlib\nfor i in range(" + all +
                        "):\n  for k in \"nt\": importlib.import_module(k + str(i)).activation'");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_FALSE(folder.has("PWNED"));
}

// What tex_escaped may write: characters without a meaning, escaped ones, and mathematics of ours.
TEST(Tex, NoCharacterWithAMeaningSurvives) {
  const std::regex harmless(
      R"re((?:[^\\$&%#_{}^~<>|"\x00-\x1f\x7f]|\\[&%$#_{}]|\\[\^~]\{\}|\\textbackslash\{\}|\{\}|\$[-<>|']\$|\$\^2\$|\$\\(?:[A-Za-z]+|tfrac12|\|) \$)*)re");
  for (const std::string& nasty : nasty_bytes()) {
    const std::string tex = tex_escaped(nasty);
    EXPECT_TRUE(std::regex_match(tex, harmless)) << tex;
    EXPECT_EQ(invalid_utf8(tex), tex.size());
  }
  EXPECT_EQ(tex_escaped("a--b---c, ?`"), "a-{}-b-{}-{}-c, ?{}`");
  EXPECT_EQ(tex_escaped("Costs $5 to $10"), "Costs \\$5 to \\$10");
  EXPECT_EQ(tex_escaped("a\nb\rc\xff"), "a b c?");
}

TEST(Xml, HoldsEveryText) {
  for (const std::string& nasty : nasty_bytes()) {
    const std::string read = xml_read(xml_escaped(nasty));
    EXPECT_EQ(one_line(read), one_line(nasty));
    for (const char c : read) EXPECT_TRUE(c < 0 || c >= 0x20 || c == '\n' || c == '\t');
    EXPECT_EQ(read.find("\uFFFE"), std::string::npos);
  }
}

TEST(Csv, FieldsReadBack) {
  for (const std::string& nasty : nasty_strings()) {
    const std::string field = csv_field(nasty);
    if (field == nasty) {
      EXPECT_EQ(nasty.find_first_of(",\"\r\n"), std::string::npos);
      continue;
    }
    ASSERT_TRUE(field.size() >= 2 && field.front() == '"' && field.back() == '"');
    std::string read;
    for (std::size_t i = 1; i + 1 < field.size(); ++i) {
      if (field[i] == '"') {
        ++i;
        ASSERT_TRUE(i + 1 < field.size() && field[i] == '"');
      }
      read += field[i];
    }
    EXPECT_EQ(read, nasty);
  }
}

}  // namespace
}  // namespace iem::test
