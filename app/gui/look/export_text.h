// Words of the export card.
#pragma once

#include <string_view>

namespace iem::gui::text {

inline constexpr std::string_view kFigure = "Figure";
inline constexpr std::string_view kWidth = "Width";
inline constexpr std::string_view kHeight = "Height";
inline constexpr std::string_view kNaturalHeight = "Natural height";
inline constexpr std::string_view kHeightHelp = "As high as the figure asks for";
inline constexpr std::string_view kDpi = "Resolution";
inline constexpr std::string_view kCm = "cm";
inline constexpr std::string_view kDpiUnit = "dpi";
inline constexpr std::string_view kTransparent = "Transparent";
inline constexpr std::string_view kTransparentHelp = "No paper behind the figure";
inline constexpr std::string_view kSvgOutlines = "Words as outlines";
inline constexpr std::string_view kSvgOutlinesHelp =
    "The same letters in every program. Off: real text, which browsers can search; other programs set it "
    "in a font of their own";
inline constexpr std::string_view kOnlySvg = "Only SVG has the choice.";
inline constexpr std::string_view kTexDocument = "Whole document";
inline constexpr std::string_view kTexDocumentHelp =
    "Compiles by itself. Off: the picture alone, for \\input in a paper that loads pgfplots";
inline constexpr std::string_view kOnlyTex = "Only TeX has the choice.";
inline constexpr std::string_view kOtherWords = "Other words";
inline constexpr std::string_view kOwnCaption = "as below the preview";
inline constexpr std::string_view kLinkAddress = "Address", kOwnPage = "of this program's page";
inline constexpr std::string_view kOwnRange = "from, to";
inline constexpr std::string_view kTwoNumbers =
    "must be two numbers with a comma between them, such as 0, 50";
inline constexpr std::string_view kPagePart = "Page", kFurniturePart = "Words and axes", kFilmPart = "Film";
inline constexpr std::string_view kFilmFrom = "From step", kFilmTo = "To step", kFilmEvery = "Every";
inline constexpr std::string_view kFilmEveryHelp = "So many steps from one picture to the next";
inline constexpr std::string_view kFilmPace = "Pictures a second", kFilmPaceUnit = "";
inline constexpr std::string_view kFilmEvenChange = "Even change";
inline constexpr std::string_view kFilmEvenChangeHelp =
    "As many pictures, but at equal change of the parameters: the start of a run takes longer, its end less";
inline constexpr std::string_view kFilmFrames = "Pictures";
inline constexpr std::string_view kFilming = "Filming";
inline constexpr std::string_view kCancelFilm = "Cancel", kFilmCancelled = "Cancelled; no file was written.";
inline constexpr std::string_view kFilmHasNoCopy = "A film goes into a file.";
inline constexpr std::string_view kCopyImage = "Copy as image";
inline constexpr std::string_view kCopyImageHelp =
    "The page as a picture in the clipboard, at the resolution above";
inline constexpr std::string_view kSaveAll = "Save all", kFiguresIn = "figures in";
inline constexpr std::string_view kSaveAllHelp = "Every figure of this run, in a new folder beside this file";
inline constexpr std::string_view kCopying = "Copying…";
inline constexpr std::string_view kPictureCopied = "The figure is in the clipboard.";
inline constexpr std::string_view kNoPictureClipboard = "The clipboard here takes no pictures: saved";
inline constexpr std::string_view kNothingToExport = "There is nothing to show yet.";
inline constexpr std::string_view kNumbersHaveNoPicture = "The numbers behind the figure, without a picture";
inline constexpr std::string_view kTrueSize = "True size";
inline constexpr std::string_view kTrueSizeHelp =
    "The page as large as it is on paper, by what is known of this screen. Scrolls where it is larger than "
    "the card";
inline constexpr std::string_view kPath = "File";
inline constexpr std::string_view kSave = "Save";
inline constexpr std::string_view kIsFolder = "This is a folder: add the name of a file.";
inline constexpr std::string_view kSaving = "Saving…";
inline constexpr std::string_view kSaved = "Saved";
inline constexpr std::string_view kExportTitle = "Export a figure";
inline constexpr std::string_view kThemeLight = "Light";
inline constexpr std::string_view kThemeDark = "Dark";
inline constexpr std::string_view kThemePrint = "Print";
inline constexpr std::string_view kOnlyPixels = "Only pictures of pixels have a resolution.";
inline constexpr std::string_view kOnlyFigures = "Numbers have no size and no colour.";

}  // namespace iem::gui::text
