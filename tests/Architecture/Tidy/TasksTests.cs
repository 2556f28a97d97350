namespace Handoff.Architecture.Tests.Tidy;

public sealed class TasksTests
{
    [Theory]
    [InlineData("async void M() { }")]
    [InlineData("void M() { async void Local() { } }")]
    public void An_async_void_is_found(string member) => Assert.Single(Tasks.AsyncVoid(InClass(member)));

    [Theory]
    [InlineData("async Task M() { }")]
    [InlineData("void M() { }")]
    public void A_task_or_a_plain_void_is_not(string member) => Assert.Empty(Tasks.AsyncVoid(InClass(member)));

    [Theory]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("System.Threading.Thread.Sleep(1);")]
    [InlineData("await Task.Delay(1);")]
    [InlineData("Func<int, Task> wait = Task.Delay;")]
    public void A_sleep_is_found(string statement) => Assert.Single(Tasks.Sleeps(InMethod(statement)));

    [Theory]
    [InlineData("timer.Delay(1);")]
    [InlineData("Sleep(1);")]
    [InlineData("var text = \"Thread.Sleep\"; // Thread.Sleep")]
    public void What_only_looks_like_a_sleep_is_not(string statement) =>
        Assert.Empty(Tasks.Sleeps(InMethod(statement)));

    [Theory]
    [InlineData("_ = FlushAsync();")]
    [InlineData("_ = pipe.FlushAsync().ConfigureAwait(false);")]
    [InlineData("_ = pipe.FlushAsync().AsTask();")]
    [InlineData("pipe.FlushAsync();")]
    [InlineData("pipe?.FlushAsync();")]
    [InlineData("_ = Task.Run(() => 1);")]
    [InlineData("Task.Factory.StartNew(() => 1);")]
    [InlineData("task.ContinueWith(_ => 1);")]
    [InlineData("socket.ReceiveAsync(buffer);")]
    [InlineData("void Local() => FlushAsync();")]
    public void A_dropped_task_is_found(string statement) => Assert.Single(Tasks.Discarded(InMethod(statement)));

    [Theory]
    [InlineData("await FlushAsync();")]
    [InlineData("var t = FlushAsync();")]
    [InlineData("_running = FlushAsync();")]
    [InlineData("_ = Flush();")]
    [InlineData("FlushAsync().PipeTo(Self);")]
    [InlineData("ReceiveAsync<Offered>(m => Task.CompletedTask);")]
    [InlineData("ReceiveAnyAsync(m => Task.CompletedTask);")]
    [InlineData("loop.Run(() => 1);")]
    [InlineData("Task Local() => FlushAsync();")]
    public void A_task_that_somebody_has_is_not(string statement) =>
        Assert.Empty(Tasks.Discarded(InMethod(statement)));

    private static SourceFile InMethod(string statement) => InClass($"async Task M() {{ {statement}\n}}");

    private static SourceFile InClass(string member) => SourceFile.Parse("src/A.cs", $"class A {{ {member} }}");
}
