// Every word the panels show, in one place, so that it can be translated. Labels and help of scene keys are
// not here: they belong to the parameter descriptions (core/config/parameter.h).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "app/gui/look/export_text.h"  // IWYU pragma: export

namespace iem::gui::text {

inline constexpr std::string_view kProduct = "Implicit EM Lab";
inline constexpr std::string_view kTagline =
    "The gradient of a log-sum-exp with respect to an energy is minus a responsibility. Gradient descent on "
    "its negative takes an E-step at every step, and a piece of an M-step that nobody wrote down.";

// Top bar
inline constexpr std::string_view kScene = "Scene";
inline constexpr std::string_view kExport = "Export";
inline constexpr std::string_view kOpenFile = "Open file…";
inline constexpr std::string_view kSaveFile = "Save session…";
inline constexpr std::string_view kOpenHelp = "A file, or what was worked on before";
inline constexpr std::string_view kUntitled = "Untitled";
inline constexpr std::string_view kChooseLab = "Choose a lab";
inline constexpr std::string_view kChooseScene = "Choose a scene";
inline constexpr std::string_view kExportHelp = "Save a figure";
inline constexpr std::string_view kCompareHelp = "The same start under other rules, beside this run";
inline constexpr std::string_view kDismissHelp = "Dismiss the other runs";
inline constexpr std::string_view kLessonHelp = "What this scene shows";
inline constexpr std::string_view kEndsAtStep = "not finite after step";
inline constexpr std::string_view kLeftBehind = "left behind";
inline constexpr std::string_view kLeftBehindHelp = "A future that was left behind. Click to go on with it.";
inline constexpr std::string_view kMakeFirstHelp = "Click to make it the run that is shown and edited";
inline constexpr std::string_view kRemoveRunHelp = "Dismiss this run; undo brings it back";
inline constexpr std::string_view kHideRunHelp = "Hide it in the figures";
inline constexpr std::string_view kShowRunHelp = "Show it in the figures";
inline constexpr std::string_view kAddRun = "Add a run";
inline constexpr std::string_view kMoreRunsHelp =
    "Which of the runs have room here; click or turn the wheel for others";
inline constexpr std::string_view kAddRunHelp = "Another run from the same start, on the same clock";
inline constexpr std::string_view kSameAgain = "The same again";
inline constexpr std::string_view kOtherStart = "From the next start";
inline constexpr std::string_view kNoMoreRuns = "There are eight runs already.";
inline constexpr std::string_view kManyDraws = "Many seeds";
inline constexpr std::string_view kManyDrawsHelp = "Every run with many starts or data sets, as bands";
inline constexpr std::string_view kStarts = "starts";
inline constexpr std::string_view kDataSets = "data sets";
inline constexpr std::string_view kStartsAndDataSets = "starts and data sets";
inline constexpr std::string_view kMeanAndDeviation = "Mean and deviation";
inline constexpr std::string_view kMedianAndQuartiles = "Median and quartiles";
inline constexpr std::string_view kSingleRuns = "Single runs";
inline constexpr std::string_view kNoDrawsYet = "Nothing has been drawn yet.";
inline constexpr std::string_view kForgetDraws = "Forget the draws";
inline constexpr std::string_view kDrawing = "Drawing";
inline constexpr std::string_view kStopWork = "Stop; what has come so far counts";
inline constexpr std::string_view kNoDraws = "No draw came to a finite end.";
inline constexpr std::string_view kBestRates = "Best rate of each";
inline constexpr std::string_view kFindingRates = "Trying 13 rates";
inline constexpr std::string_view kNoRates = "None of these rules has a learning rate.";
inline constexpr std::string_view kDraws = "Draws";
inline constexpr std::string_view kDrawsHelp = "Where each draw of the first run has come to";
inline constexpr std::string_view kBeginHereHelp = "Click to begin with it";
inline constexpr std::string_view kSideBySide = "Side by side";
inline constexpr std::string_view kSideBySideHelp = "Each run on a stage of its own, or all on one";
inline constexpr std::string_view kCompareThisHelp = "Another value beside this run";
inline constexpr std::string_view kCompareWith = "Compare with";
inline constexpr std::string_view kOn = "on";
inline constexpr std::string_view kOff = "off";
inline constexpr std::string_view kRunsComing = "The other runs are computed from the start to step ";
inline constexpr std::string_view kARunComes = "A run";
inline constexpr std::string_view kSeeksRate = "its best rate is sought";
inline constexpr std::string_view kStopComing = "Stop; runs that have come stay";
inline constexpr std::string_view kNoOtherRuns = "There are no other runs.";
inline constexpr std::string_view kPaletteHelp = "Every action, setting, figure and scene, by name";
inline constexpr std::string_view kPaletteKey = "Ctrl P";
inline constexpr std::string_view kDarkHelp = "Dark theme";
inline constexpr std::string_view kLightHelp = "Light theme";
inline constexpr std::string_view kHelpHelp = "Keys and mouse";
inline constexpr std::string_view kNoSceneOfLab = "There is no built-in scene of this lab yet.";

// Groups of the controls
inline constexpr std::string_view kCompare = "Compare";
inline constexpr std::string_view kCopyAsCode = "Copy as code";
inline constexpr std::string_view kCopyAsCodeHelp =
    "The activation with its present numbers, to paste elsewhere";
inline constexpr std::string_view kCopied = "Copied";
inline constexpr std::string_view kMoreHelp = "Seldom needed, or without effect here";
inline constexpr std::string_view kAllChoices = "All of them";
inline constexpr std::string_view kMinimised = "minimised";
inline constexpr std::string_view kMinimisedCooling = "minimised at each τ";  // while the temperature decays
inline constexpr std::string_view kStandardised = "standardised";
inline constexpr std::string_view kConstantTau = "constant τ";
inline constexpr std::string_view kDecayingTau = "τ decays";
inline constexpr std::string_view kNoStop = "no stop";
inline constexpr std::string_view kStops = "stops by itself";
inline constexpr std::string_view kField = "field";
inline constexpr std::string_view kNothing = "nothing";
inline constexpr std::string_view kNotGiven = "not given";
inline constexpr std::string_view kDropHint = "Drop a table on the window";
inline constexpr std::string_view kByHand = "Points by hand";
inline constexpr std::string_view kFoldHelp = "Click to fold";
inline constexpr std::string_view kAtRestart = "Takes effect at the next restart.";

// Stage
inline constexpr std::string_view kExpandHelp = "Only the stage";
inline constexpr std::string_view kShrinkHelp = "Back to all panels";

inline constexpr std::string_view kFiguresHelp = "Another figure here";
inline constexpr std::string_view kInTheMiddle = "Show in the middle";
inline constexpr std::string_view kBackToStage = "Back to the stage";
inline constexpr std::string_view kBeingMade = "Being worked out…";
inline constexpr std::string_view kLogAxis = "Click for a logarithmic axis";
inline constexpr std::string_view kLinearAxis = "Click for a linear axis";
inline constexpr std::string_view kLookFor = "What to look for";
inline constexpr std::string_view kOtherPoints = "The points are no longer those it speaks of.";
inline constexpr std::string_view kNoLetters =
    "The font has no shape for some letters in the names of the columns: \uFFFD stands in their place.";
inline constexpr std::string_view kNoDescription = "This scene does not say what it shows.";

// Problems of a run
inline constexpr std::string_view kNoIdentity = "no responsibilities";
inline constexpr std::string_view kRemedyHelp = "Does this now; undo takes it back";
inline constexpr std::string_view kRestartHelp = "Begins again with this; undo brings this run back";

// Painting points
inline constexpr std::string_view kPaintTitle = "Paint points";
inline constexpr std::string_view kBrushSize = "Brush";
inline constexpr std::string_view kBrushHelp = "Left button adds points, right button takes them away";
inline constexpr std::string_view kPaintHint = "left adds, right erases";
inline constexpr std::string_view kClass = "class";
inline constexpr std::string_view kNoClass = "Points without a class";
inline constexpr std::string_view kPainted = "Done painting";
inline constexpr std::string_view kNotPaintable = "The data of this lab are not points.";
inline constexpr std::string_view kTooWideToPaint = "These points have more than two coordinates.";
inline constexpr std::string_view kGatesTakeNoPoints =
    "Gates learn nothing from points; choose signs or prototypes.";
inline constexpr std::string_view kTooManyToPaint = "Painting is for up to 20,000 points.";
inline constexpr std::string_view kSomePointsStay = "The last points stay: a model needs some.";
inline constexpr std::string_view kPastedPoints = "Pasted points";
inline constexpr std::string_view kNothingToPaste = "There are no numbers in the clipboard.";
inline constexpr std::string_view kNotDrawn = "The points of this source are not drawn at random.";

// Right column
inline constexpr std::string_view kAt = "at";
inline constexpr std::string_view kPoint = "point";
inline constexpr std::string_view kHovered = "hovered";
inline constexpr std::string_view kPinnedTitle = "Pinned point";
inline constexpr std::string_view kPinElsewhere =
    "No point is pinned. Back on the stage, a click on a point shows its numbers here.";
inline constexpr std::string_view kPinHint = "Click a point on the stage to see its numbers.";
inline constexpr std::string_view kClaimed = "claimed";
inline constexpr std::string_view kComputed = "computed";
inline constexpr std::string_view kDerivative = "derivative", kDerivatives = "derivatives";
inline constexpr std::string_view kTheory = "theory";
inline constexpr std::string_view kAbove = "above";  // one plot above another
inline constexpr std::string_view kNotYet = "not yet";
inline constexpr std::string_view kLargestDifference = "largest difference";

// Inspector
inline constexpr std::string_view kInspector = "Inspector";
inline constexpr std::string_view kInspectHelp = "All numbers of the shown point or prototype";
inline constexpr std::string_view kInspectPlaceHelp =
    "All numbers at z, or of the hypothesis under the pointer";
inline constexpr std::string_view kCloseInspector = "Back to the plots";
inline constexpr std::string_view kInspectHint = "Hover or click a point or a prototype on the stage.";
inline constexpr std::string_view kTwoArrows =
    "Wide: where EM goes. In it: minus the gradient times the preconditioner. Dashed: the direction of the "
    "gradient.";

// Speeds
inline constexpr std::string_view kPhasesSpeed = "phases";
inline constexpr std::string_view kPhasesRate = "through the phases of each step";
inline constexpr std::string_view kAdaptiveSpeed = "adaptive";
inline constexpr std::string_view kAdaptiveRate = "4 steps a second, more as changes get smaller";

// Phase strip
// The lab's word for a data item comes between these two.
inline constexpr std::string_view kPhaseHint = "Hover or pin a ";
inline constexpr std::string_view kPhaseHintEnd = " to follow its numbers through one update.";

inline constexpr std::string_view kNoPhases = "What is shown here has no phases of an update.";
inline constexpr std::string_view kNoPhaseShown = "The stage shows no phase of an update.";

inline constexpr std::string_view kMoreInPhases =
    ": not shown; the wheel goes through them, the largest r first";

inline constexpr std::string_view kNotFinite = "not finite";
inline constexpr std::string_view kNoShares = "Z of this point is not finite: it has no responsibilities.";

// Transport
inline constexpr std::string_view kStartHere = "click: start here";
inline constexpr std::string_view kStep = "step";
inline constexpr std::string_view kOf = "of";
inline constexpr std::string_view kSpeed = "Speed";
inline constexpr std::string_view kFastest = "max";
inline constexpr std::string_view kFastestRate = "as fast as possible";
inline constexpr std::string_view kEscapeKey = "Escape";
inline constexpr std::string_view kSpeedKeys = "1 … 9, 0";
inline constexpr std::string_view kSpeedRange = "Speed, 0.1× to as fast as possible";
inline constexpr std::string_view kChecksHelp = "The identities, checked on this state";
inline constexpr std::string_view kScrubHelp = "Drag to any step; wheel for one step";

// Checks
inline constexpr std::string_view kChecksTitle = "Checks";
inline constexpr std::string_view kChecking = "Checking…";
inline constexpr std::string_view kChecksState = "on the state at step";
inline constexpr std::string_view kAllPass = "all pass";
inline constexpr std::string_view kSkipped = "skipped";
inline constexpr std::string_view kAtMost = "≤";

inline constexpr std::string_view kReplaying = "Replaying";
inline constexpr std::string_view kStopReplay = "Stop here";
inline constexpr std::string_view kStopReplayHelp = "Go on from the step that is reached";
inline constexpr std::string_view kVerifying = "verifying, step";
inline constexpr std::string_view kVerified = "verified";
inline constexpr std::string_view kNotVerified = "not verified";
inline constexpr std::string_view kNotTheReplay = "not what the replay comes to";
inline constexpr std::string_view kReplayFailed = "Not verified";
inline constexpr std::string_view kNotReplayed = "The session cannot be replayed:";
inline constexpr std::string_view kFailedHint = "What is shown is the state that it carries.";
inline constexpr std::string_view kParted = "The replay differs";
inline constexpr std::string_view kInTheReplay = "In the replay,";
inline constexpr std::string_view kPartedHint = "The replay is what the scene and its edits lead to.";
inline constexpr std::string_view kShowReplay = "Show the replay";
inline constexpr std::string_view kShowReplayHelp = "Undo comes back to what was saved";
inline constexpr std::string_view kLeaveSaved = "Keep what was saved";
inline constexpr std::string_view kLeaveSavedHelp = "It goes no further back than to its step";
// Keeping sessions
inline constexpr std::string_view kSessionFile = "session.iemlab";
inline constexpr std::string_view kLineCopied = "The session is in the clipboard, as one line of text.";
inline constexpr std::string_view kLineTooLong = "The session is too long for one line: save it as a file.";
inline constexpr std::string_view kEndedBadly = "The program ended unexpectedly.";
inline constexpr std::string_view kContinueWith = "Continue with";
inline constexpr std::string_view kContinueHelp = "Opens the session as it was left; undo comes back here";
inline constexpr std::string_view kDismissOffer = "Do not offer it again; it stays in the list under Open";
inline constexpr std::string_view kNoLast = "There is no earlier session.";
inline constexpr std::string_view kNothingOffered = "Nothing is offered.";
inline constexpr std::string_view kNotKept = "What is done here is not kept:";
inline constexpr std::string_view kNoHome =
    "neither XDG_STATE_HOME nor HOME (on Windows, LOCALAPPDATA) names a folder for it.";
inline constexpr std::string_view kSaveTitle = "Save the session";
inline constexpr std::string_view kSaveHint = "An .iemlab file: the scene and all that was done to it";
inline constexpr std::string_view kReplaceIt = "There is a file of this name. Replace it?";
inline constexpr std::string_view kReplace = "Replace";
inline constexpr std::string_view kDialogIsOpen = "A file dialog is open already; answer it first.";
inline constexpr std::string_view kSavedNothing =
    "Nothing was saved: what was to be saved is no longer shown.";
inline constexpr std::string_view kToday = "today";
inline constexpr std::string_view kYesterday = "yesterday";
inline constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Errors outside of a run
inline constexpr std::string_view kNoMemory = "There is not enough memory for this.";
inline constexpr std::string_view kMachineRefused = "The machine refused:";
inline constexpr std::string_view kInternalError = "internal error";

// Open
inline constexpr std::string_view kOpenTitle = "Open a scene";
inline constexpr std::string_view kOpenHint =
    "A .toml scene, an .iemlab session, a .md lesson or a table of points (csv, npy)";
inline constexpr std::string_view kOpen = "Open";
inline constexpr std::string_view kOpening = "Opening…";
inline constexpr std::string_view kCannotOpenDrop =
    "cannot be opened: drop a .toml scene, an .iemlab session, a .md lesson or a table of points (.csv, "
    ".npy)";

// Scenes
inline constexpr std::string_view kSceneHint = "Find a scene";
inline constexpr std::string_view kNoSuchScene = "No scene says that.";
inline constexpr std::string_view kNextScene = "Next";
inline constexpr std::string_view kPreviousScene = "Previous";
inline constexpr std::string_view kMinutes = "min";

// Panels, as the keyboard comes to them
namespace panel {
inline constexpr std::string_view kTop = "Top bar";
inline constexpr std::string_view kOffer = "Earlier session";
inline constexpr std::string_view kRuns = "Runs";
inline constexpr std::string_view kPhases = "Phases of one update";
inline constexpr std::string_view kTransport = "Time";
}  // namespace panel

// Holding an element of the stage by keys
inline constexpr std::string_view kNothingToHold = "There is nothing on this stage to take hold of.";
inline constexpr std::string_view kMoveKeys =
    "arrows move it, with Shift finely; P goes to the next, Escape lets go.";
inline constexpr std::string_view kWalkKeys =
    "Arrows go from point to point; P goes to the next, Escape lets go.";

// Palette
inline constexpr std::string_view kPaletteHint = "What do you want to do?";
inline constexpr std::string_view kNoMatch = "Nothing is called that.";
inline constexpr std::string_view kPlaceMiddle = "in the middle";
inline constexpr std::string_view kPlaceCell = "in cell";
inline constexpr std::string_view kNow = "now";
inline constexpr std::string_view kTypeValue = "type a value";

// Help
inline constexpr std::string_view kMadeOf =
    "Free software under the MIT licence. It is made of these parts; choose one to read its licence.";

// Actions
namespace action {
inline constexpr std::string_view kPlay = "Play or pause";
inline constexpr std::string_view kForward = "One step";
inline constexpr std::string_view kBack = "One step back";
inline constexpr std::string_view kPhaseForward = "One phase of a step";
inline constexpr std::string_view kPhaseBack = "One phase back";
inline constexpr std::string_view kPhaseLeave = "Leave the phases";
inline constexpr std::string_view kStart = "To the start";
inline constexpr std::string_view kEnd = "To the end";
inline constexpr std::string_view kLoop = "Loop: from the end to the start";
inline constexpr std::string_view kLesson = "What this scene shows";
inline constexpr std::string_view kCompareRules = "Compare with other rules, or dismiss them";
inline constexpr std::string_view kFairRates = "Find the best rate of each run";
inline constexpr std::string_view kTwentyStarts = "Draw twenty starts";
inline constexpr std::string_view kDismiss = "Dismiss the other runs";
inline constexpr std::string_view kRestart = "Restart with the present settings";
inline constexpr std::string_view kNewStart = "New start on the same data";
inline constexpr std::string_view kReseed = "Restart with the next seed: new data and start";
inline constexpr std::string_view kSpeed = "Speed";
inline constexpr std::string_view kUndo = "Undo";
inline constexpr std::string_view kRedo = "Redo";
inline constexpr std::string_view kPalette = "Command palette";
inline constexpr std::string_view kKeys = "Keys and mouse";
inline constexpr std::string_view kAbout = "About and licences";
inline constexpr std::string_view kFullScreen = "Full screen";
inline constexpr std::string_view kLarger = "Larger interface";
inline constexpr std::string_view kSmaller = "Smaller interface";
inline constexpr std::string_view kNormalSize = "Interface at its normal size";
inline constexpr std::string_view kExport = "Export a figure";
inline constexpr std::string_view kOpenScene = "Open a scene";
inline constexpr std::string_view kBrowse = "Browse the scenes";
inline constexpr std::string_view kNextScene = "Next scene";
inline constexpr std::string_view kPreviousScene = "Previous scene";
inline constexpr std::string_view kTheme = "Light or dark";
inline constexpr std::string_view kFit = "Show the whole stage";
inline constexpr std::string_view kOnlyStage = "Only the stage";
inline constexpr std::string_view kUnpin = "Unpin the point";
inline constexpr std::string_view kPaint = "Paint points";
inline constexpr std::string_view kLargerBrush = "Larger brush";
inline constexpr std::string_view kSmallerBrush = "Smaller brush";
inline constexpr std::string_view kPaste = "Paste points from the clipboard";
inline constexpr std::string_view kRedraw = "Draw the points again with the next seed";
inline constexpr std::string_view kInspect = "Inspect the shown point or prototype";
inline constexpr std::string_view kSaveSession = "Save the session";
inline constexpr std::string_view kCopySession = "Copy the session as one line of text";
inline constexpr std::string_view kLastSession = "Continue with the last session";
inline constexpr std::string_view kDismissSession = "Do not offer the last session again";
inline constexpr std::string_view kNextElement = "Take hold of the next thing on the stage";
inline constexpr std::string_view kPreviousElement = "Take hold of the one before";
inline constexpr std::string_view kNextPanel = "To the next panel";
inline constexpr std::string_view kPreviousPanel = "To the panel before";
inline constexpr std::string_view kPresent = "Present to a class";
inline constexpr std::string_view kResetLayout = "Reset layout";
inline constexpr std::string_view kResetSettings = "All settings as the scene says";
inline constexpr std::string_view kChecks = "Check the identities on this state";
inline constexpr std::string_view kLessons = "Lessons";
inline constexpr std::string_view kLessonNext = "Next page of the lesson, or reveal";
inline constexpr std::string_view kLessonBack = "Page of the lesson before";
inline constexpr std::string_view kLessonLeave = "Leave the lesson";
}  // namespace action
inline constexpr std::string_view kNothingChanges = "Nothing is learned here: time has nothing to change.";
inline constexpr std::string_view kAtStart = "This is the start.";
inline constexpr std::string_view kNotPainting = "Nobody is painting.";
inline constexpr std::string_view kNothingToUndo = "Nothing to undo.";
inline constexpr std::string_view kNothingToRedo = "Nothing to redo.";
inline constexpr std::string_view kNothingPinned = "No point is pinned.";

}  // namespace iem::gui::text

namespace iem::gui {

inline std::string word(std::string_view text) { return std::string(text); }

// Why something cannot be done, or empty when it can.
inline std::string reason_if(bool disabled, std::string_view reason) {
  return disabled ? word(reason) : std::string();
}

}  // namespace iem::gui
