#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "core/base/random.h"
#include "core/data/table_reader.h"
#include "tests/core/error_of.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

Dataset csv(const std::string& text, int dimension = 2) {
  TableRequest request;
  request.dimension = dimension;
  return read_csv(text, "p.csv", request);
}
std::string csv_error(const std::string& text, int dimension = 2) {
  return error_of([&] { (void)csv(text, dimension); });
}

TEST(Csv, ReadsPointsWithoutHeader) {
  const Dataset data = csv("1,2\n-3.5,+4e-2\n");
  ASSERT_EQ(data.size(), 2);
  EXPECT_EQ(data.points(1, 0), -3.5);
  EXPECT_EQ(data.points(1, 1), 0.04);
  EXPECT_TRUE(data.names.empty());
  EXPECT_FALSE(data.has_labels());
}

TEST(Csv, HeaderNamesAxesAndUnits) {
  const Dataset data = csv("bill_length_mm,waiting_min,label\n39.1,181,0\n40,190,-1\n41,170,\n");
  EXPECT_EQ(data.names, (std::vector<std::string>{"bill length", "waiting"}));
  EXPECT_EQ(data.units, (std::vector<std::string>{"mm", "min"}));
  EXPECT_EQ(data.labels(0), 0);
  EXPECT_EQ(data.labels(1), -1);
  EXPECT_EQ(data.labels(2), -1);
  EXPECT_EQ(csv("a_b,_mm\n1,2\n").names, (std::vector<std::string>{"a b", " mm"}));
}

TEST(Csv, LabelMayStandAnywhere) {
  const Dataset data = csv("Label,x,y,z\n2,1,5,junk\n");
  EXPECT_EQ(data.labels(0), 2);
  EXPECT_EQ(data.points(0, 0), 1);
  EXPECT_EQ(data.points(0, 1), 5);
}

TEST(Csv, SameTableInEveryDialect) {
  const Dataset plain = csv("x,y\n1,2\n3,4\n");
  for (const std::string& text :
       {std::string("\xEF\xBB\xBFx,y\n1,2\n3,4\n"), std::string("x,y\r\n1,2\r\n3,4\r\n"),
        std::string("x,y\r1,2\r3,4"), std::string("x;y\n1;2\n3;4\n"), std::string("x\ty\n1\t2\n3\t4\n"),
        std::string("\n\n x , y \n\n1 ,\t2\n  \n3,4"), std::string("\"x\",\"y\"\n\"1\",\"2\"\n\"3\" ,4\n"),
        std::string("x,y,note\n1,2,\"a, \"\"b\"\"\nc\"\n3,4,\n")}) {
    const Dataset data = csv(text);
    EXPECT_EQ(data.points, plain.points) << text;
    EXPECT_EQ(data.names, plain.names) << text;
  }
}

TEST(Csv, OneColumnOnTheLine) {
  const Dataset data = csv("z\n1\n2\n", 1);
  EXPECT_EQ(data.dimension(), 1);
  EXPECT_EQ(data.size(), 2);
}

TEST(Csv, MistakesAreNamedWithTheirPlace) {
  EXPECT_EQ(csv_error(""), "p.csv:1:1: the file is empty");
  EXPECT_EQ(csv_error(" \n\n"), "p.csv:1:1: the file is empty");
  EXPECT_EQ(csv_error("x,y\n"), "p.csv:1:1: a header but no rows");
  EXPECT_EQ(csv_error("x,y\n1,2\n3,red\n"),
            "p.csv:3:3: text in a number column: column y: \"red\" is not a number");
  EXPECT_EQ(csv_error("1,2\n3,inf\n"), "p.csv:2:3: column 2: \"inf\" is not allowed: numbers must be finite");
  EXPECT_EQ(csv_error("x,y\n1,-inf\n"),
            "p.csv:2:3: column y: \"-inf\" is not allowed: numbers must be finite");
  EXPECT_EQ(csv_error("x,y\n1,1e999\n"),
            "p.csv:2:3: column y: \"1e999\" is beyond the range of double precision");
  EXPECT_EQ(csv_error("x,y\n1,2\n3\n"), "p.csv:3:1: too few columns: the row ends before column y");
  EXPECT_EQ(csv_error("x\n1\n").find("p.csv:1:1: too few columns: 2 columns of numbers are needed"), 0u);
  EXPECT_EQ(csv_error("x,y,label\n1,2,1.5\n"),
            "p.csv:2:5: column label: \"1.5\" is not a label: an integer from 0 to 999, or -1 for none");
  EXPECT_EQ(
      csv_error("x,y\n\"1,5\",2\n"),
      "p.csv:2:1: text in a number column: column x: \"1,5\" is not a number; the decimal sign is the point");
  EXPECT_EQ(csv_error("x,y\n\"1,2\n3,4\n"), "p.csv:2:1: the quote is never closed");
  EXPECT_EQ(csv_error("x,y\n\"1\"a,2\n"), "p.csv:2:1: text after the closing quote");
  EXPECT_EQ(csv_error("x,y,n\n1,2,\"a\nb\"\n3,oops,\n").find("p.csv:4:3: "), 0u);
  EXPECT_EQ(csv_error("\x81,y\n1,2\n"), "p.csv:1:1: the name of column 1 is neither UTF-8 nor Latin-1 text");
  EXPECT_EQ(csv_error("x,y,label\n1,2,\x9D\n"),
            "p.csv:2:5: column label: neither UTF-8 nor Latin-1 text: save the table as UTF-8");
  EXPECT_EQ(csv_error("x,y\n1,2\xE9\n"),
            "p.csv:2:3: text in a number column: column y: \"2?\" is not a number");
}

TEST(Csv, CommentsMarksAndTheLineThatNamesTheSeparatorAreNoRows) {
  const Dataset plain = csv("x,y\n1,2\n3,4\n");
  const std::string bom = "\xEF\xBB\xBF";
  for (const std::string& text : std::vector<std::string>{
           "# made by hand, 2020; \"draft\n"
           "x,y\n1,2\n# a comment, with; \"signs\n3,4\n# end",
           "#\n\n  # indented\nx,y\n1,2\n3,4\n", "sep=;\nx;y\n1;2\n3;4\n", "sep=|\nx|y\n1|2\n3|4\n",
           "SEP=,\r\nx,y\r\n1,2\r\n3,4\r\n", "sep=\t\n#1;2\nx\ty\n1\t2\n3\t4", bom + bom + "x,y\n1,2\n3,4\n",
           bom + "sep=;\nx;y\n1;2\n3;4\n"}) {
    const Dataset data = csv(text);
    EXPECT_EQ(data.points, plain.points) << text;
    EXPECT_EQ(data.names, plain.names) << text;
  }
  EXPECT_EQ(csv("x,y\n1,2\n3,\"4\"\n").points, plain.points);
  EXPECT_EQ(csv("5\" pipe;y\n1;2\n3;4\n").names, (std::vector<std::string>{"5\" pipe", "y"}));
  EXPECT_EQ(csv("\"a \"\"b;\"\" ;\",y\n1,2\n3,4\n").names, (std::vector<std::string>{"a \"b;\" ;", "y"}));
  EXPECT_EQ(csv("sep=,y\n1,2\n3,4\n").names, (std::vector<std::string>{"sep=", "y"}));
  EXPECT_EQ(csv("x,y,note\n1,2,\"a\n# b\"\n3,4,\n").points, plain.points);  // inside quotes it is text
  EXPECT_EQ(csv_error("sep=!\nx!y\n1!2\n"),
            "p.csv:1:5: the separator \"!\" is not read: comma, semicolon, tab and bar are");
  EXPECT_EQ(csv_error("# one\nx,y\n\n# two\n1,red\n").find("p.csv:5:3: "), 0u);
  EXPECT_EQ(csv_error("sep=;\nx;y\n1;red\n").find("p.csv:3:3: "), 0u);
}

// UTF-16 of this text, of either byte order; every character outside ASCII is written out by the caller.
std::string utf16(std::u16string_view text, bool little) {
  std::string out;
  for (const char16_t unit : std::u16string(u"\uFEFF") + std::u16string(text)) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    out += little ? low : high;
    out += little ? high : low;
  }
  return out;
}

TEST(Csv, TextInUtf16IsReadInEitherByteOrder) {
  for (const bool little : {true, false}) {
    const Dataset data =
        csv(utf16(u"l\u00E4nge\ty\tlabel\r\n1,5\t2\t\u0141\r\n3\t4\t\U0001F600\r\n", little));
    EXPECT_EQ(data.points, (Eigen::Matrix2d() << 1.5, 2, 3, 4).finished());
    EXPECT_EQ(data.names, (std::vector<std::string>{"l\xC3\xA4nge", "y"}));
    EXPECT_EQ(data.label_names, (std::vector<std::string>{"\xC5\x81", "\xF0\x9F\x98\x80"}));
    EXPECT_TRUE(data.notes.empty());
    const std::string whole = utf16(u"x,y\n1,2\n", little);
    EXPECT_EQ(csv_error(whole.substr(0, whole.size() - 1)),
              "p.csv: broken UTF-16 text at byte 17: save the table as UTF-8");
    for (const char16_t alone : {u'\xD83D', u'\xDE00'})
      EXPECT_EQ(csv_error(utf16(std::u16string(u"x") + alone + u",y\n1,2\n", little)),
                "p.csv: broken UTF-16 text at byte 5: save the table as UTF-8");
    EXPECT_EQ(csv_error(utf16(u"x,y\n1,red\n", little)).find("p.csv:2:3: "), 0u);
    EXPECT_EQ(csv_error(utf16(u"", little)), "p.csv:1:1: the file is empty");
  }
}

TEST(Csv, WordsThatAreNotUtf8AreReadAsLatin1) {
  const Dataset data =
      csv("Gr\xF6\xDF"
          "e;Preis (\x80);label\n1;2;\xC9tang\n3;4;\x93na\xEFve\x94\n");
  EXPECT_EQ(data.points, (Eigen::Matrix2d() << 1, 2, 3, 4).finished());
  EXPECT_EQ(data.names, (std::vector<std::string>{"Gr\xC3\xB6\xC3\x9F"
                                                  "e",
                                                  "Preis"}));
  EXPECT_EQ(data.units[1], "\xE2\x82\xAC");
  EXPECT_EQ(data.label_names,
            (std::vector<std::string>{"\xC3\x89tang", "\xE2\x80\x9Cna\xC3\xAFve\xE2\x80\x9D"}));
  ASSERT_EQ(data.notes.size(), 1u);
  EXPECT_EQ(data.notes[0], "words that are not UTF-8 are read as Latin-1 (Windows-1252)");
  EXPECT_TRUE(csv("gr\xC3\xB6,y\n1,2\n").notes.empty());
}

TEST(Csv, BarsSeparateToo) {
  const Dataset plain = csv("x,y\n1.5,2\n3,4\n");
  for (const std::string& text :
       std::vector<std::string>{"x|y\n1.5|2\n3|4\n", " x | y \n---+---\n 1,5 | 2\n 3 | 4\n(2 rows)\n\n",
                                "1.5|2\n3|4\n", "x|y\n--|:-\n1.5|2\n3|4"})
    EXPECT_EQ(csv(text).points, plain.points) << text;
  EXPECT_EQ(csv("a|b,y\n1,2\n").names[0], "a|b");
  EXPECT_EQ(csv_error("x|y\n1|2\n3|4|5\n").find("p.csv:3:5: too many columns"), 0u);
  EXPECT_EQ(csv_error("x,y\n1,2\n--,--\n").find("p.csv:3:1: "), 0u) << "a rule belongs to bars";
}

// What a first row may hold: names, or numbers. Anything else is a row that would vanish as a header.
TEST(Csv, AFirstRowIsAllNamesOrAllNumbers) {
  const std::vector<std::string> no_numbers = {
      "NA", "na",   "N/A", "#N/A",    "null", "NULL", "None",  "",    "?",   "-",     ".",
      "1e", "0x10", "$1",  "1.5D+02", "10%",  "1_0",  "1'000", "nan", "inf", "1e999", "-1,5,0"};
  int tried = 0;
  for (const std::string& cell : no_numbers)
    for (const std::string& row : {cell + ";2.5", "2.5;" + cell, cell + ";" + cell}) {
      const std::string message = csv_error(row + "\n3;4\n5;6\n");
      const std::string column = row.starts_with("2.5") ? "5" : "1";
      EXPECT_EQ(message.find("p.csv:1:" + column + ": "), 0u) << row << " -> " << message;
      EXPECT_NE(message.find(cell.empty() ? "no number" : "\"" + cell + "\""), std::string::npos) << message;
      ++tried;
    }
  EXPECT_EQ(tried, 66);
  EXPECT_EQ(csv_error("NA,2.5\n3,4\n"),
            "p.csv:1:1: text in a number column: column 1: \"NA\" is not a number: a first row holds either "
            "names or numbers; 1 of 2 rows lacks a number, data.missing = \"drop\" leaves it out");
  EXPECT_EQ(csv_error("width,7\n3,4\n").find("p.csv:1:1: "), 0u);
  EXPECT_EQ(csv_error("NA,y\n3,4\n").find("p.csv:1:1: "), 0u);
  for (const char* names : {"x;y", "Na;K", "x1;x2", ";y", "x;", "1st;2nd", "e1;d2", "No.;?x"})
    EXPECT_EQ(csv(std::string(names) + "\n3;4\n").size(), 1) << names;
}

TEST(Csv, EveryRowIsAsLongAsTheFirst) {
  EXPECT_EQ(
      csv_error("x,y\n1,5,2,25\n"),
      "p.csv:2:5: too many columns: the row has 4 fields and the header 2; the decimal sign is the point");
  EXPECT_EQ(csv_error("x,y\n1,2\n3,4,5\n"),
            "p.csv:3:5: too many columns: the row has 3 fields and the header 2");
  EXPECT_EQ(csv_error("1,2\n1,5,2,25\n")
                .find("p.csv:2:5: too many columns: the row has 4 fields and the first row 2"),
            0u);
  EXPECT_EQ(csv_error("x,y,note\n1,2,a\n3,4\n"),
            "p.csv:3:3: too few columns: the row ends before column note");
  EXPECT_EQ(csv_error("1,2,3\n3,4\n"), "p.csv:2:3: too few columns: the row ends before column 3");
  // Empty fields at the end are nothing.
  for (const char* text : {"x,y\n1,2,\n3,4,,\n", "x,y,\n1,2\n3,4,\n", "1,2,\n3,4\n", "1,2\n3,4,,,\n"})
    EXPECT_EQ(csv(text).size(), 2) << text;
}

TEST(Csv, MessagesCarryNoControlCharacters) {
  const std::string message = csv_error("x,y\n1,\x1B[31m\xFF" + std::string(5000, 'a') + "\n");
  EXPECT_LT(message.size(), 200u);
  EXPECT_EQ(message.find('\x1B'), std::string::npos);
}

TEST(Csv, AMillionRowsAreRead) {
  Random random(1);
  std::string text = "x,y,label\n";
  char buffer[64];
  for (int i = 0; i < 1000000; ++i) {
    for (int d = 0; d < 2; ++d) {
      text.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, random.normal()).ptr);
      text += ',';
    }
    text += i % 2 == 0 ? "0\n" : "1\n";
  }
  const auto start = std::chrono::steady_clock::now();
  const Dataset data = csv(text);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  EXPECT_EQ(data.size(), 1000000);
  RecordProperty("seconds", std::to_string(took.count()));
}

TEST(ReadFile, BuiltinFilesAreInsideTheProgram) {
  EXPECT_EQ(csv(read_file("builtin:penguins.csv")).size(), 342);
  EXPECT_EQ(csv(read_file("builtin:old_faithful.csv")).size(), 272);
  EXPECT_EQ(csv(read_file("builtin:iris_petals.csv")).size(), 150);
  const std::string message = error_of([] { (void)read_file("builtin:penguin.csv"); });
  EXPECT_NE(message.find("did you mean builtin:penguins.csv?"), std::string::npos) << message;
}

TEST(ReadFile, WhatIsNoRegularFileIsRefusedAtOnce) {
  const test::Folder folder;
  const std::string pipe = folder.at("pipe"), link = folder.at("link");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);  // nobody writes to it: opening it would wait for ever
  std::filesystem::create_symlink("/dev/zero", link);
  for (const std::string& path : {std::string("/dev/zero"), std::string("/dev/null"), pipe, link}) {
    const std::string message = error_of([&] { (void)read_file(path); });
    EXPECT_EQ(message, path + ": is a pipe or a device, not a regular file: save it to a file first");
  }
  EXPECT_EQ(error_of([&] { (void)read_file(folder.path()); }), folder.path() + ": is a folder, not a file");
}

TEST(ReadFile, TheLimitHoldsWhileReading) {
  const test::Folder folder;
  const std::filesystem::path file = folder.write("x", "x");
  std::filesystem::resize_file(file, (1 << 20) + 1);
  EXPECT_EQ(error_of([&] { (void)read_file(file.string(), 1); }),
            file.string() + ": more than 1 MiB: too large");
  std::filesystem::resize_file(file, 1 << 20);
  EXPECT_EQ(read_file(file.string(), 1).size(), std::size_t{1} << 20);
  // A file of the system says that it has no bytes and has some.
  EXPECT_FALSE(read_file("/proc/self/status", 1).empty());
}

TEST(ReadFile, NamesThatNoFileHasAreRefusedInOneShortLine) {
  for (const std::string& path : {std::string(300, 'a'), std::string(100000, 'b'), std::string("a\0b", 3)}) {
    const std::string message = error_of([&] { (void)read_file(path); });
    EXPECT_NE(message.find("cannot be opened"), std::string::npos) << message.substr(0, 400);
    EXPECT_LT(message.size(), 400u);
    EXPECT_EQ(message.find('\0'), std::string::npos);
  }
}

}  // namespace
}  // namespace iem
