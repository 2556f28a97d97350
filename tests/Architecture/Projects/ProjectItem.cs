namespace Handoff.Architecture.Tests.Projects;

// OnlyBuilt: ReferenceOutputAssembly="false", built before and not compiled against.
internal readonly record struct ProjectItem(string Include, int Line, bool OnlyBuilt);
