namespace Handoff.Campaign.Tests.Parties;

internal sealed class CrashException : Exception;
