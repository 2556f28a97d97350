namespace Handoff.Architecture.Tests.Settings;

// A key of a HOCON file by its whole path. A group holds keys; anything else has a value.
internal readonly record struct Setting(string Path, int Line, bool IsGroup, bool HasComment);
