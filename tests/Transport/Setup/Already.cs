namespace Handoff.Transport.Tests.Setup;

/// <summary>What is there without waiting.</summary>
internal static class Already
{
    public static T Now<T>(this Task<T> task)
    {
        Assert.True(task.IsCompletedSuccessfully, task.Exception?.ToString() ?? "it waits");
        return task.Result;
    }

    public static T Now<T>(this ValueTask<T> task) => task.AsTask().Now();
}
