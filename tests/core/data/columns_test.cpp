// Which columns of a table are taken, by choice or by name, and what is said of it.
#include <gtest/gtest.h>

#include "core/data/table_reader.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

Dataset table(const std::string& text, const TableRequest& request = {}) {
  return read_csv(text, "p.csv", request);
}
std::string table_error(const std::string& text, const TableRequest& request = {}) {
  return error_of([&] { (void)table(text, request); });
}
TableRequest named(const std::string& x, const std::string& y, const std::string& label = "") {
  TableRequest request;
  request.columns = {{x, 0}, {y, 0}};
  request.label.name = label;
  request.columns_at = {"s.toml", 5, 11};
  request.label_at = {"s.toml", 6, 9};
  return request;
}

// The points are (1.5, 10), (2.5, 20), (0.5, 40) in every one of these.
TEST(CsvColumns, RowCountersAreSkippedAndTheChoiceIsSaid) {
  struct Case {
    const char *text, *words, *holds;
  };
  const Case cases[] = {
      {",a,b\n0,1.5,10\n1,2.5,20\n2,0.5,40\n", "columns a and b of 3", "(column 1 counts the rows)"},
      {",a,b\n17,1.5,10\n3,2.5,20\n99,0.5,40\n", "columns a and b of 3", "(column 1 counts the rows)"},
      {",a,b\nx1,1.5,10\nx2,2.5,20\nx3,0.5,40\n", "columns a and b of 3", "(column 1 counts the rows)"},
      {"id,a,b\n1,1.5,10\n2,2.5,20\n3,0.5,40\n", "columns a and b of 3", "(id counts the rows)"},
      {"Index,a,b\n0,1.5,10\n1,2.5,20\n2,0.5,40\n", "columns a and b of 3", "(Index counts the rows)"},
      {"a,row,b\n1.5,1,10\n2.5,2,20\n0.5,3,40\n", "columns a and b of 3", "(row counts the rows)"},
      {"Unnamed: 0;a;b\n0;1,5;10\n1;2,5;20\n2;0,5;40\n", "columns a and b of 3",
       "(Unnamed: 0 counts the rows)"},
      {"0,1.5,10\n1,2.5,20\n2,0.5,40\n", "columns 2 and 3 of 3", "(column 1 counts the rows)"},
      {"a,b,c\n1.5,10,7\n2.5,20,8\n0.5,40,9\n", "columns a and b of 3",
       " are taken; data.columns chooses others"},
      {"town,a,b\nRome,1.5,10\nBonn,2.5,20\nOslo,0.5,40\n", "columns a and b of 3", "(town holds words)"},
      {"id,town,a,b,c\n1,R,1.5,10,1\n2,B,2.5,20,1\n3,O,0.5,40,1\n", "columns a and b of 5",
       "(id counts the rows, town holds words)"},
  };
  for (const Case& c : cases) {
    const Dataset data = table(c.text);
    ASSERT_EQ(data.size(), 3) << c.text;
    EXPECT_EQ(data.points.col(0).transpose(), Eigen::RowVector3d(1.5, 2.5, 0.5)) << c.text;
    EXPECT_EQ(data.points.col(1).transpose(), Eigen::RowVector3d(10, 20, 40)) << c.text;
    EXPECT_EQ(data.words, c.words) << c.text;
    ASSERT_EQ(data.notes.size(), 1u) << c.text;
    EXPECT_EQ(data.notes[0].find(c.words), 0u) << data.notes[0];
    EXPECT_NE(data.notes[0].find(c.holds), std::string::npos) << data.notes[0];
    EXPECT_NE(data.notes[0].find("data.columns"), std::string::npos) << data.notes[0];
  }
}

TEST(CsvColumns, WhatOnlyLooksLikeACounterIsData) {
  // Another name, or values that do not count.
  EXPECT_EQ(table("dose,a,b\n1,1.5,10\n2,2.5,20\n3,0.5,40\n").points(2, 0), 3);
  EXPECT_EQ(table("id,a,b\n10,1.5,10\n7,2.5,20\n8,0.5,40\n").points(2, 0), 8);
  EXPECT_EQ(table("5,1.5,10\n6,2.5,20\n7,0.5,40\n").points(2, 0), 7);
  // There is nothing else.
  const Dataset both = table("id,a\n1,1.5\n2,2.5\n");
  EXPECT_EQ(both.points(1, 0), 2);
  EXPECT_TRUE(both.notes.empty());
  EXPECT_EQ(table("id,town,a\n1,Rome,1.5\n2,Bonn,2.5\n").points(1, 0), 2);
  EXPECT_EQ(table("0,1.5\n1,2.5\n").points(1, 0), 1);
}

TEST(CsvColumns, NothingIsSaidWhereThereWasNoChoice) {
  for (const char* text :
       {"a,b\n1,2\n", "1,2\n3,4\n", "a,b,label\n1,2,0\n", "a,b,\n1,2,\n", "label;a;b\n0;1;2\n"}) {
    EXPECT_TRUE(table(text).notes.empty()) << text;
    EXPECT_EQ(table(text).words, "") << text;
  }
}

TEST(CsvColumns, ATypingErrorMakesNoColumnOfWords) {
  EXPECT_EQ(table_error("a,b,c\n1,2,3\n1o,4,5\n6,7,8\n"),
            "p.csv:3:1: text in a number column: column a: \"1o\" is not a number");
  EXPECT_EQ(table_error("a,b,c\nx,2,u\ny,4,v\n"),
            "p.csv:1:1: too few columns of numbers: 2 are needed, of 3 columns only b holds numbers");
}

TEST(CsvColumns, ByNameInAnyOrderAndByNumber) {
  const std::string text = "id,a,b,2019\n1,2,3,4\n2,5,6,7\n";
  const Dataset data = table(text, named("b", "id"));
  EXPECT_EQ(data.points(1, 0), 6);
  EXPECT_EQ(data.points(1, 1), 2);
  EXPECT_EQ(data.names, (std::vector<std::string>{"b", "id"}));
  EXPECT_TRUE(data.notes.empty());
  EXPECT_EQ(table(text, named("2019", "a")).points(1, 0), 7) << "a name that is a number";
  TableRequest numbers;
  numbers.columns = {{"", 3}, {"", 2}};
  EXPECT_EQ(table("x,1,2,3\ny,4,5,6\n", numbers).points(1, 0), 5);
  EXPECT_EQ(table(",a,b\n0,1,2\n", numbers).points(0, 0), 2);
  numbers.dimension = 1;
  numbers.columns = {{"", 2}};
  EXPECT_EQ(table("when,z\nnow,7\n", numbers).points(0, 0), 7);
}

TEST(CsvColumns, WrongNamesAreRefusedAtTheKey) {
  const std::string text = "length,width,width\n1,2,3\n";
  EXPECT_EQ(
      table_error(text, named("lenght", "width")),
      "s.toml:5:11: data.columns: there is no column \"lenght\": there are length, width and width; did "
      "you mean length?");
  EXPECT_EQ(table_error(text, named("length", "width")),
            "s.toml:5:11: data.columns: 2 columns are called \"width\": say its number, 2 or 3");
  EXPECT_EQ(table_error(text, named("length", "length")), "s.toml:5:11: data.columns: length is given twice");
  EXPECT_EQ(table_error("1,2\n", named("a", "b")).find("s.toml:5:11: data.columns: there is no column \"a\""),
            0u);
  TableRequest label;
  label.label.name = "kind";
  label.label_at = {"s.toml", 6, 9};
  EXPECT_EQ(table_error("a,b\n1,2\n", label),
            "s.toml:6:9: data.label: there is no column \"kind\": there are a and b");
  TableRequest number;
  number.columns = {{"", 1}, {"", 9}};
  EXPECT_EQ(table_error("a,b\n1,2\n", number), "data.columns: there is no column 9: the table has 2");
}

TEST(CsvLabels, WordsAreNumberedInOrderOfAppearanceAndKept) {
  TableRequest request;
  request.label.name = "species";
  const Dataset data =
      table("species,a,b\nsetosa,1,2\n\"v, \"\"x\"\"\",3,4\nsetosa,5,6\n,7,8\nNA,9,9\n0,1,1\n", request);
  EXPECT_EQ(data.labels, (Eigen::VectorXi(6) << 0, 1, 0, -1, -1, 2).finished());
  EXPECT_EQ(data.label_names, (std::vector<std::string>{"setosa", "v, \"x\"", "0"}));
  EXPECT_EQ(label_words(data, 0), "setosa");
  EXPECT_EQ(label_words(data, -1), "no class");
  EXPECT_TRUE(data.notes.empty());
  // The column called label may hold words too.
  EXPECT_EQ(table("a,b,label\n1,2,red\n3,4,blue\n").label_names[1], "blue");
}

TEST(CsvLabels, NumbersStayNumbersWhereTheyCan) {
  const Dataset data = table("a,b,label\n1,2,7\n3,4,-1\n3,4,2.0\n");
  EXPECT_EQ(data.labels, Eigen::Vector3i(7, -1, 2));
  EXPECT_TRUE(data.label_names.empty());
  EXPECT_EQ(label_words(data, 7), "class 7");
  TableRequest years;
  years.label.name = "year";
  const Dataset of_years = table("year,a,b\n2009,1,2\n2007,3,4\n2009,5,6\n", years);
  EXPECT_EQ(of_years.labels, Eigen::Vector3i(0, 1, 0));
  EXPECT_EQ(of_years.label_names, (std::vector<std::string>{"2009", "2007"}));
  EXPECT_EQ(table_error("a,b,year\n1,2,2009\n3,4,0.5\n", years),
            "p.csv:2:5: column year: \"2009\" is not a label: an integer from 0 to 999, or -1 for none");
  std::string many = "a,b,year\n";
  for (int i = 0; i < 1100; ++i) many += "1,2,w" + std::to_string(i) + "\n";
  EXPECT_EQ(table_error(many, years).find("p.csv:1002:5: column year: more than 1000 different labels"), 0u)
      << table_error(many, years);
}

TEST(CsvMissing, RefusedWithTheirCountOrLeftOut) {
  const std::string text = "a,b,c,label\n1,2,,0\n?,3,x,1\n4,\\N,x,2\n5,6,NA,3\n-,.,x,4\n7,8,x,5\n";
  EXPECT_EQ(table_error(text),
            "p.csv:3:1: text in a number column: column a: \"?\" is not a number; 3 of 6 rows lack a number, "
            "data.missing = \"drop\" leaves them out");
  EXPECT_EQ(
      table_error("a,b\n1,\n"),
      "p.csv:2:3: column b: no number; 1 of 1 rows lacks a number, data.missing = \"drop\" leaves it out");
  TableRequest drop;
  drop.drop_missing = true;
  const Dataset data = table(text, drop);
  EXPECT_EQ(data.points.col(1), Eigen::Vector3d(2, 6, 8));
  EXPECT_EQ(data.labels, Eigen::Vector3i(0, 3, 5));
  EXPECT_EQ(data.words, "columns a and b of 4, 3 of 6 rows without a number are left out");
  ASSERT_EQ(data.notes.size(), 2u);
  EXPECT_EQ(data.notes[1], "3 of 6 rows without a number are left out");
  EXPECT_EQ(table_error("a,b\n,1\n2,NaN\n", drop), "p.csv: every row lacks a number");
  EXPECT_EQ(table_error("a,b\n,1\n2,red\n", drop),
            "p.csv:3:3: text in a number column: column b: \"red\" is not a number");
  for (const char* sign : {"", "NA", "NaN", "nan", "null", "NULL", "?", "\\N", "n/a", "#N/A", "<NA>"})
    EXPECT_EQ(table(std::string("a,b\n1,2\n") + sign + ",3\n4,5\n", drop).size(), 2) << sign;
}

TEST(CsvNumbers, TheDecimalSignMayBeACommaBesideOthers) {
  for (const std::string separator : {";", "\t", " "}) {
    const Dataset data = table("a" + separator + "b\n-1,5" + separator + "2,25e1\n3" + separator + "0,5\n");
    EXPECT_EQ(data.points, (Eigen::Matrix2d() << -1.5, 22.5, 3, 0.5).finished()) << separator;
    EXPECT_TRUE(data.notes.empty());
  }
  EXPECT_EQ(table("1,5;2,5\n").points(0, 0), 1.5) << "also in a first row";
  EXPECT_EQ(
      table_error("a;b\n1,5;2\n3;1.5\n"),
      "p.csv:3:3: two decimal signs: column b: \"1.5\" after \"1,5\"; thousands separators are not read");
  for (const char* field : {"1.234,5", "1,234,567", "1.234.567"})
    EXPECT_EQ(table_error(std::string("a;b\n1;") + field + "\n"),
              std::string("p.csv:2:3: text in a number column: column b: \"") + field +
                  "\" is not a number; thousands separators are not read");
  EXPECT_EQ(table_error("a,b\n1,\"1,234\"\n")
                .find("p.csv:2:3: text in a number column: column b: \"1,234\" is "
                      "not a number; thousands separators"),
            0u);
}

TEST(CsvNumbers, WhatCouldBeThousandsIsSaid) {
  const Dataset tabs = table("a\tb\n1,234\t5\n12,345\t6\n");
  EXPECT_EQ(tabs.points(0, 0), 1.234);
  ASSERT_EQ(tabs.notes.size(), 1u);
  EXPECT_EQ(tabs.notes[0], "the comma is read as the decimal sign: \"1,234\" is a number below 1000");
  EXPECT_EQ(table("a;b\n1.234;5\n12.345;6\n").notes.size(), 1u);
  for (const char* text :
       {"a\tb\n1,234\t5\n0,5\t6\n", "a;b\n1.234;5\n0.123;6\n", "a,b\n1.234,5\n", "a\tb\n1.234\t5\n"})
    EXPECT_TRUE(table(text).notes.empty()) << text;
}

TEST(CsvNames, UnitsStandInTheNameOrBelow) {
  const auto units = [](const std::string& text) {
    return table(text).names[0] + "|" + table(text).units[0];
  };
  EXPECT_EQ(units("length_mm,b\n1,2\n"), "length|mm");
  EXPECT_EQ(units("length (mm),b\n1,2\n"), "length|mm");
  EXPECT_EQ(units("bill_length [mm],b\n1,2\n"), "bill length|mm");
  EXPECT_EQ(units("length,mass\nmm,g\n1,2\n"), "length|mm");
  EXPECT_EQ(units("length,mass\n[mm],(counts)\n1,2\n"), "length|mm");
  EXPECT_EQ(units("length,b\n1,2\n"), "length|");
  EXPECT_EQ(units("(mm),b\n1,2\n"), "(mm)|");
  EXPECT_EQ(table_error("length,mass\nlong,heavy\n1,2\n").find("p.csv:2:1: text in a number column"), 0u);
}

TEST(CsvRows, ATimeIsNoNameAndNumberedColumnsAreNoPoint) {
  EXPECT_EQ(table("2024-05-01T10:00:00Z,1.5,2\n2024-05-01T10:10:00Z,2.5,3\n").points(1, 0), 2.5);
  const Dataset numbered = table(",0,1\n0,5,6\n1,7,8\n");
  EXPECT_EQ(numbered.size(), 2);
  EXPECT_EQ(numbered.points(0, 0), 5);
  EXPECT_EQ(
      table_error("5.1,3.5,setosa\n4.9,3.0,setosa\n"),
      "p.csv:1:9: text in a number column: column 3: \"setosa\" is not a number: a first row holds either "
      "names or numbers; data.columns says which columns are meant, by number");
}

TEST(CsvRows, BlanksSeparateWhereNothingElseDoes) {
  const Dataset data = table("  x   y\n 1\t2  \n3 4\n");
  EXPECT_EQ(data.points, (Eigen::Matrix2d() << 1, 2, 3, 4).finished());
  EXPECT_EQ(data.names[1], "y");
  EXPECT_EQ(table("\"a b\" \"c d\"\n1 2\n").names[0], "a b");
  EXPECT_EQ(table_error("x y\n1 2\n3 4 5\n").find("p.csv:3:5: too many columns"), 0u);
}

}  // namespace
}  // namespace iem
