import Foundation
import Pipeline
import Rasters
import Statistics
import TestSupport
import Testing

/// A run folder of small files with a manifest that fits, which `change` may spoil before it is written.
private func runFolder(_ change: (inout Manifest) -> Void = { _ in }) throws -> ScratchFolder {
  let scratch = try ScratchFolder()
  let outputs = try Manifest.products(of: .whole).map { name in
    let path = try scratch.write("contents of \(name)", to: name)
    return ["path": name, "role": "x", "bytes": "20", "sha256": try sha256(ofFile: path)]
  }
  let files = outputs.map { file in
    "{\"path\":\"\(file["path"] ?? "")\",\"role\":\"x\",\"bytes\":20,\"sha256\":\"\(file["sha256"] ?? "")\"}"
  }
  let text = """
    {"tool":"t","libraries":{},"area":"a","date":"2023-08-15","validTime":"v","rain":"r","method":"m","model":"m",
     "synthetic":false,"modelSHA256":"0","thresholds":[],"thresholdsOrigin":"o","thresholdsMeasured":false,
     "referenceDays":0,"forecastHours":0,
     "inputs":[],"derived":[],"outputs":[\(files.joined(separator: ","))],
     "gaps":{"cellsByFlag":[],"cellsWithoutRisk":0,"cellsWithoutClimatology":0,"notes":[],"japaneseNotes":[]},"seconds":{"x":0.1},
     "manifestSHA256":""}
    """
  var manifest = try JSONDecoder().decode(Manifest.self, from: Data(text.utf8))
  change(&manifest)
  try scratch.write(try manifest.encoded(), to: Manifest.fileName)
  return scratch
}

private func refusal(_ folder: ScratchFolder) -> String {
  #expect(throws: ManifestError.self) { try verify(folder.path) }?.description ?? ""
}

@Test func `a folder as it was written is verified, with what else lies there`() throws {
  let folder = try runFolder()
  try folder.write("seen", to: "notes.txt")
  let found = try verify(folder.path)
  #expect(found.filesChecked == Manifest.products(of: .whole).count && found.strangers == ["notes.txt"])
}

@Test func `every changed digit of a manifest is noticed`() throws {
  let folder = try runFolder()
  let path = folder.path + "/" + Manifest.fileName
  let whole = try PlainFile.contents(path)
  for place in stride(from: 0, to: whole.count, by: 3) {
    var changed = whole
    changed[place] ^= 1
    try changed.write(to: URL(fileURLWithPath: path))
    #expect(throws: (any Error).self, "byte \(place)") { try verify(folder.path) }
  }
}

@Test func `a changed, a missing and a planted file are named`() throws {
  let changed = try runFolder()
  try changed.write("contents of risk.tiF", to: "risk.tif")
  #expect(refusal(changed).contains("risk.tif"))
  let missing = try runFolder()
  try FileManager.default.removeItem(atPath: missing.path + "/level.tif")
  #expect(refusal(missing).contains("level.tif"))
  for name in ["risk.tif.aux.xml", "risk.tfw", "level.tif.msk", "swi.prj"] {
    let planted = try runFolder()
    try planted.write("<PAMDataset/>", to: name)
    #expect(refusal(planted).contains(name))
  }
}

@Test func `a manifest that leaves out a product or leads out of the folder is refused`() throws {
  #expect(refusal(try runFolder { $0.outputs = [] }).contains("risk.tif (missing in the manifest)"))
  #expect(refusal(try runFolder { $0.outputs.removeAll { $0.path == "map.png" } }).contains("map.png"))
  for path in ["../secret", "/etc/hostname", "a/../../b", ".."] {
    let folder = try runFolder { $0.outputs[0].path = path }
    #expect(refusal(folder).contains("leads out of the folder"))
  }
}

@Test(.timeLimit(.minutes(10))) func `pipes and endless devices in a manifest are not waited for`() throws {
  let place = try ScratchFolder()
  mkfifo(place.path + "/pipe", 0o600)
  let inputs = [place.path + "/pipe", "/dev/zero"]
  let folder = try runFolder { manifest in
    manifest.inputs = inputs.map { path in
      var file = manifest.outputs[0]
      file.path = path
      return file
    }
  }
  #expect(try verify(folder.path).inputsChanged == inputs)
  try FileManager.default.removeItem(atPath: folder.path + "/risk.tif")
  mkfifo(folder.path + "/risk.tif", 0o600)
  #expect(refusal(folder).contains("risk.tif"))
}

@Test func `an input that is gone is told from one that has changed`() throws {
  let place = try ScratchFolder()
  try place.write("other", to: "changed")
  let folder = try runFolder { manifest in
    manifest.inputs = ["changed", "gone"].map { name in
      var file = manifest.outputs[0]
      file.path = place.path + "/" + name
      return file
    }
  }
  let found = try verify(folder.path)
  #expect(found.inputsChanged == [place.path + "/changed"] && found.inputsGone == [place.path + "/gone"])
  #expect(found.words.contains("inputs changed since: ") && found.words.contains("inputs gone: "))
}

@Test func `what moves a terminal's cursor is shown, not done`() throws {
  let folder = try runFolder { manifest in
    var file = manifest.outputs[0]
    file.path = "x\u{1B}[2J\nlsmap: fine\u{202E}"
    manifest.inputs = [file]
  }
  let words = try verify(folder.path).words
  #expect(words.contains("x\\u{1b}[2J\\u{a}lsmap: fine\\u{202e}"))
  #expect(!words.contains("\u{1B}") && !words.contains("\n"))
  #expect("a\tb\nc".shown(keepingLines: true) == "a\tb\nc")
}
