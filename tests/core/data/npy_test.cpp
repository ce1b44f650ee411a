#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/data/table_reader.h"
#include "tests/core/data/npy_bytes.h"
#include "tests/core/error_of.h"

namespace iem {
namespace {

Dataset npy(const std::string& bytes, int dimension = 2) {
  TableRequest request;
  request.dimension = dimension;
  return read_npy(std::as_bytes(std::span(bytes)), "p.npy", request);
}
std::string npy_error(const std::string& bytes, int dimension = 2) {
  return error_of([&] { (void)npy(bytes, dimension); });
}

const std::vector<double> kSix = {1, 2, 3, 4, 5, 6};

TEST(Npy, ReadsBothPrecisionsOrdersAndVersions) {
  const Dataset c = npy(npy_bytes(dictionary("<f8", false, "(3, 2)"), items(kSix)));
  EXPECT_EQ(c.points(1, 0), 3);
  EXPECT_EQ(c.points(2, 1), 6);
  EXPECT_FALSE(c.has_labels());
  const Dataset fortran =
      npy(npy_bytes(dictionary("<f8", true, "(3, 2)"), items<double>({1, 3, 5, 2, 4, 6}), 2));
  EXPECT_EQ(fortran.points, c.points);
  const Dataset single = npy(npy_bytes(dictionary("<f4", false, "(3, 2)"), items<float>({1, 2, 3, 4, 5, 6})));
  EXPECT_EQ(single.points, c.points);
}

TEST(Npy, AFurtherColumnHoldsLabels) {
  const Dataset data = npy(npy_bytes(dictionary("<f8", false, "(2, 3)"), items<double>({1, 2, 0, 4, 5, -1})));
  EXPECT_EQ(data.points(1, 1), 5);
  EXPECT_EQ(data.labels(0), 0);
  EXPECT_EQ(data.labels(1), -1);
}

TEST(Npy, OnTheLineAVectorWillDo) {
  EXPECT_EQ(npy(npy_bytes(dictionary("<f8", false, "(6,)"), items(kSix)), 1).size(), 6);
  EXPECT_EQ(npy(npy_bytes(dictionary("<f8", false, "(3, 2)"), items(kSix)), 1).labels(2), 6);
}

TEST(Npy, RefusalsSayWhy) {
  const auto with = [](const std::string& type, const std::string& shape) {
    return npy_error(npy_bytes(dictionary(type, false, shape), items(kSix)));
  };
  for (const char* type : {"<c16", "<f16", "|O", "<U8", "<M8", "f8", "<i3", "", "<"})
    EXPECT_NE(with(type, "(3, 2)").find("' are not read: integers and floats of 2 to 8 bytes are"),
              std::string::npos)
        << type << ": " << with(type, "(3, 2)");
  EXPECT_NE(with("<f8", "(6,)").find("a vector of 6, must be N x D with at least 2 columns"),
            std::string::npos);
  EXPECT_NE(with("<f8", "(6, 1)").find("the array is 6 x 1"), std::string::npos);
  EXPECT_NE(with("<f8", "(3, 2, 1)").find("the array is 3 x 2 x 1"), std::string::npos);
  EXPECT_NE(with("<f8", "(1, 2305843009213693952)").find("promises 2305843009213693952 columns"),
            std::string::npos);
  EXPECT_NE(with("<f8", "()").find("a single number"), std::string::npos);
  EXPECT_NE(with("<f8", "(0, 2)").find("no rows"), std::string::npos);
  EXPECT_NE(with("<f8", "(4, 2)").find("promises 4 rows of 16 bytes, the file holds 48 bytes"),
            std::string::npos);
  EXPECT_NE(with("<f8", "(2, 2)").find("promises 2 rows"), std::string::npos);
  EXPECT_NE(with("<f8", "(9223372036854775807, 2)").find("promises"), std::string::npos);
  EXPECT_NE(with("<f8", "(99999999999999999999, 2)").find("broken header"), std::string::npos);
  EXPECT_NE(
      npy_error(npy_bytes("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (3,)}", items(kSix)))
          .find("structured"),
      std::string::npos);
  EXPECT_EQ(npy_error("hello"), "p.npy: not a .npy file: it does not begin with \\x93NUMPY");
  EXPECT_NE(npy_error(std::string("\x93NUMPY\x03\0\xFF\0\0\0", 12)).find("version 3.0"), std::string::npos);
}

TEST(Npy, NumbersMustBeFiniteAndLabelsWhole) {
  EXPECT_EQ(
      npy_error(npy_bytes(dictionary("<f8", false, "(2, 2)"), items<double>({1, 2, 3, std::nan("")}))),
      "p.npy: row 2, column 2: nan is no number; 1 of 2 rows lacks a number, data.missing = \"drop\" leaves "
      "it out");
  EXPECT_EQ(npy_error(npy_bytes(dictionary("<f8", false, "(2, 2)"), items<double>({1, 2, 3, -HUGE_VAL}))),
            "p.npy: row 2, column 2: infinity is not allowed: numbers must be finite");
  TableRequest labelled;
  labelled.label.number = 3;
  const std::string bytes = npy_bytes(dictionary("<f8", false, "(1, 3)"), items<double>({1, 2, 0.5}));
  EXPECT_EQ(error_of([&] { (void)read_npy(std::as_bytes(std::span(bytes)), "p.npy", labelled); }),
            "p.npy: row 1, column 3: not a label: an integer from 0 to 999, or -1 for none");
}

template <class T>
void expect_type(const std::string& type, const std::vector<T>& numbers) {
  for (const bool big : {false, true}) {
    std::string bytes = items(numbers);
    for (std::size_t i = 0; big && i < bytes.size(); i += sizeof(T))
      std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                   bytes.begin() + static_cast<std::ptrdiff_t>(i + sizeof(T)));
    const std::string order = sizeof(T) == 1 ? "|" : big ? ">" : "<";
    const Dataset data = npy(npy_bytes(dictionary(order + type, false, "(2, 2)"), bytes));
    for (Eigen::Index i = 0; i < 4; ++i)
      EXPECT_EQ(data.points(i / 2, i % 2), static_cast<double>(numbers[static_cast<std::size_t>(i)]))
          << order << type;
  }
}

TEST(Npy, EveryTypeOfNumberInEitherByteOrder) {
  expect_type<double>("f8", {1.5, -2e300, 0, 3});
  expect_type<float>("f4", {1.5F, -2e30F, 0, 3});
  expect_type<std::int8_t>("i1", {-128, 127, 0, -1});
  expect_type<std::int16_t>("i2", {-32768, 32767, 0, -1});
  expect_type<std::int32_t>("i4", {-2147483647 - 1, 2147483647, 0, -1});
  expect_type<std::int64_t>("i8", {-(std::int64_t{1} << 53), std::int64_t{1} << 60, 0, -1});
  expect_type<std::uint8_t>("u1", {255, 127, 0, 1});
  expect_type<std::uint8_t>("b1", {1, 0, 0, 1});
  expect_type<std::uint16_t>("u2", {65535, 1, 0, 256});
  expect_type<std::uint32_t>("u4", {4294967295U, 1, 0, 256});
  expect_type<std::uint64_t>("u8", {std::uint64_t{1} << 63, 1, 0, 256});
  // 1, -2, the smallest number above 0, 65504
  const Dataset half = npy(
      npy_bytes(dictionary("<f2", false, "(2, 2)"), items<std::uint16_t>({0x3C00, 0xC000, 0x0001, 0x7BFF})));
  EXPECT_EQ(half.points(0, 0), 1);
  EXPECT_EQ(half.points(0, 1), -2);
  EXPECT_EQ(half.points(1, 0), 0x1p-24);
  EXPECT_EQ(half.points(1, 1), 65504);
}

TEST(Npy, ColumnsByNumberOfAWiderArray) {
  // A row counter, three numbers, and labels that are asked for.
  const std::vector<double> numbers = {0, 1.5, 2, 7, 1, 1, 2.5, 3, 8, 0, 2, 3.5, 4, 9, 1};
  for (const bool fortran : {false, true}) {
    std::vector<double> order = numbers;
    for (std::size_t i = 0; fortran && i < 15; ++i) order[i % 5 * 3 + i / 5] = numbers[i];
    const std::string bytes = npy_bytes(dictionary("<f8", fortran, "(3, 5)"), items(order));
    const Dataset chosen = npy(bytes);
    EXPECT_EQ(chosen.points(1, 0), 2.5);
    EXPECT_EQ(chosen.points(1, 1), 3);
    EXPECT_EQ(chosen.words, "columns 2 and 3 of 5");
    ASSERT_EQ(chosen.notes.size(), 1u);
    EXPECT_NE(chosen.notes[0].find("column 1 counts the rows"), std::string::npos) << chosen.notes[0];
    TableRequest request;
    request.columns = {{"", 4}, {"", 1}};
    request.label.number = 5;
    const Dataset named = read_npy(std::as_bytes(std::span(bytes)), "p.npy", request);
    EXPECT_EQ(named.points(2, 0), 9);
    EXPECT_EQ(named.points(2, 1), 2);
    EXPECT_EQ(named.labels[1], 0);
    EXPECT_TRUE(named.notes.empty());
    request.columns[0].number = 6;
    EXPECT_EQ(error_of([&] { (void)read_npy(std::as_bytes(std::span(bytes)), "p.npy", request); }),
              "data.columns: there is no column 6: the table has 5");
    request.columns[0] = {"x", 0};
    EXPECT_EQ(error_of([&] { (void)read_npy(std::as_bytes(std::span(bytes)), "p.npy", request); }),
              "data.columns: there is no column \"x\": the table has no names, only numbers");
  }
}

TEST(Npy, RowsWithNanCanBeLeftOut) {
  TableRequest request;
  request.drop_missing = true;
  const std::string bytes =
      npy_bytes(dictionary("<f8", false, "(3, 2)"), items<double>({1, 2, std::nan(""), 3, 5, 6}));
  const Dataset data = read_npy(std::as_bytes(std::span(bytes)), "p.npy", request);
  EXPECT_EQ(data.size(), 2);
  EXPECT_EQ(data.points(1, 0), 5);
  EXPECT_EQ(data.words, "1 of 3 rows without a number is left out");
}

TEST(Npy, EveryTruncationIsRefused) {
  const std::string whole = npy_bytes(dictionary("<f8", false, "(3, 2)"), items(kSix));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(npy_error(whole.substr(0, size)), "") << size;
}

}  // namespace
}  // namespace iem
