namespace Handoff.Architecture.Tests.Folders;

// One use of a declaration in another file; the paths are relative to the project.
internal readonly record struct Arrow(string From, int Line, string To, string What);
