using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace Handoff.Compat.Tests.TestKits;

public sealed partial class EventFilterTests : TestKit
{
    public EventFilterTests()
        : base("akka.loglevel = DEBUG")
    {
    }

    [Fact]
    public void Each_level_has_its_filter()
    {
        EventFilter.Error("a b").ExpectOne(() => Log.Error("a b"));
        EventFilter.Error(Pattern()).ExpectOne(() => Log.Error("axxb"));
        EventFilter.Warning("a b").ExpectOne(() => Log.Warning("a b"));
        EventFilter.Warning(Pattern()).ExpectOne(() => Log.Warning("axxb"));
        EventFilter.Info("a b").ExpectOne(() => Log.Info("a b"));
        EventFilter.Info(Pattern()).ExpectOne(() => Log.Info("axxb"));
        EventFilter.Debug("a b").ExpectOne(() => Log.Debug("a b"));
        EventFilter.Debug(Pattern()).ExpectOne(() => Log.Debug("axxb"));
    }

    [Theory]
    [InlineData(LogLevel.DebugLevel)]
    [InlineData(LogLevel.InfoLevel)]
    [InlineData(LogLevel.WarningLevel)]
    [InlineData(LogLevel.ErrorLevel)]
    public void A_filter_can_be_had_for_a_level(LogLevel level)
    {
        EventFilter.ForLogLevel(level, "a b").ExpectOne(() => Log.Log(level, "a b"));
        EventFilter.ForLogLevel(level, Pattern()).ExpectOne(() => Log.Log(level, "axxb"));
    }

    [Fact]
    public void There_is_no_filter_for_an_unknown_level()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EventFilter.ForLogLevel((LogLevel)77));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventFilter.ForLogLevel((LogLevel)77, Pattern()));
    }

    [Fact]
    public void A_message_matches_as_a_whole_by_its_start_or_by_a_part()
    {
        Matches(EventFilter.Info("the whole text"));
        Matches(EventFilter.Info("THE WHOLE TEXT"));
        Matches(EventFilter.Info(start: "the wh"));
        Matches(EventFilter.Info(contains: "whole"));
        Matches(EventFilter.Info());
        Misses(EventFilter.Info("the whole"));
        Misses(EventFilter.Info(start: "whole"));
        Misses(EventFilter.Info(contains: "nothing"));
        Misses(EventFilter.Warning());
    }

    [Fact]
    public void A_formatted_message_matches_as_it_reads() =>
        EventFilter.Info("1 of 2").ExpectOne(() => Log.Info("{0} of {1}", 1, 2));

    [Fact]
    public void The_source_is_a_path_with_its_address_or_without()
    {
        var actor = ActorOf(() => new Logger(), "logger");
        EventFilter.Info(source: actor.Path.ToString()).ExpectOne(() => actor.Tell("a"));
        EventFilter.Info(source: "/user/logger").ExpectOne(() => actor.Tell("a"));
        EventFilter.Info(source: "/user/another").Expect(0, Times.Moment, () => actor.Tell("a"));
    }

    [Fact]
    public void An_exception_is_known_by_its_type()
    {
        var inner = new InvalidTimeZoneException("inside");
        var outer = new InvalidOperationException("outside", inner);
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => Log.Error(outer, "logged"));
        EventFilter.Exception<Exception>("outside").ExpectOne(() => Log.Error(outer, "logged"));
        EventFilter.Exception<Exception>(start: "logg").ExpectOne(() => Log.Error(outer, "logged"));
        EventFilter.Exception<Exception>(OutsidePattern()).ExpectOne(() => Log.Error(outer, "logged"));
        EventFilter.Exception(typeof(InvalidOperationException), OutsidePattern())
            .ExpectOne(() => Log.Error(outer, "logged"));
        EventFilter.Exception(typeof(InvalidTimeZoneException), "inside", checkInnerExceptions: true)
            .ExpectOne(() => Log.Error(outer, "logged"));
        Misses(EventFilter.Exception(typeof(InvalidTimeZoneException)), () => Log.Error(outer, "logged"));
        Misses(EventFilter.Exception<Exception>(), () => Log.Error("logged without a cause"));
        Assert.Throws<ArgumentException>(() => EventFilter.Exception(typeof(string)));
    }

    [Fact]
    public void An_error_matches_by_its_cause_too() =>
        EventFilter.Error("outside").ExpectOne(() => Log.Error(new InvalidOperationException("outside"), "logged"));

    [Fact]
    public void The_failure_of_an_actor_is_an_exception_that_is_logged()
    {
        var actor = ActorOf(() => new Logger());
        EventFilter.Exception<InvalidTimeZoneException>("broken").ExpectOne(() => actor.Tell(1));
    }

    [Fact]
    public void A_predicate_can_be_the_filter()
    {
        EventFilter.Custom(e => e.LogLevel() == LogLevel.InfoLevel).ExpectOne(() => Log.Info("a"));
        EventFilter.Custom<Warning>(w => Equals(w.Message.ToString(), "b")).ExpectOne(() => Log.Warning("b"));
        Misses(EventFilter.Custom<Warning>(_ => true));
    }

    [Fact]
    public void Dead_letters_have_their_filter()
    {
        var text = typeof(string);
        var dead = Watch(ActorOf(() => new Logger(), "dead"));
        Sys.Stop(dead);
        ExpectTerminated(dead);
        EventFilter.DeadLetter().ExpectOne(() => dead.Tell("a"));
        EventFilter.DeadLetter<string>().ExpectOne(() => dead.Tell("a"));
        EventFilter.DeadLetter<string>("/user/dead").ExpectOne(() => dead.Tell("a"));
        EventFilter.DeadLetter<string>(m => m == "a").ExpectOne(() => dead.Tell("a"));
        EventFilter.DeadLetter(text).ExpectOne(() => dead.Tell("a"));
        EventFilter.DeadLetter(text, m => Equals(m, "a")).ExpectOne(() => dead.Tell("a"));
        Misses(EventFilter.DeadLetter<int>(), () => dead.Tell("a"));
        Misses(EventFilter.DeadLetter<string>(m => m == "b"), () => dead.Tell("a"));
        Misses(EventFilter.DeadLetter(text, _ => false), () => dead.Tell("a"));
    }

    [Fact]
    public void Another_system_can_be_listened_to()
    {
        using var other = ActorSystem.Create("other", TestKit.DefaultConfig);
        CreateEventFilter(other).Warning("there").ExpectOne(() => other.Log.Warning("there"));
        new EventFilterFactory(this, other).Warning("there").ExpectOne(() => other.Log.Warning("there"));
        new EventFilterFactory(this).Warning("here").ExpectOne(() => Log.Warning("here"));
    }

    [Fact]
    public void Nothing_that_is_below_the_log_level_arrives()
    {
        using var kit = new TestKit("akka.loglevel = INFO");
        kit.EventFilter.Debug("a").Expect(0, Times.Moment, () => kit.Log.Debug("a"));
    }

    [Fact]
    public void A_system_of_ones_own_can_have_the_listener()
    {
        using var kit = new TestKit($"akka.loggers = [\"{typeof(TestEventListener).AssemblyQualifiedName}\"]");
        kit.EventFilter.Warning("a").ExpectOne(() => kit.Log.Warning("a"));
    }

    private void Matches(IEventFilterApplier filter) => filter.ExpectOne(() => Log.Info("the whole text"));

    private void Misses(IEventFilterApplier filter) => Misses(filter, () => Log.Info("the whole text"));

    // What follows in the log tells that the filter has seen what it should miss.
    private void Misses(IEventFilterApplier filter, Action action) => filter.Expect(0, Times.Moment, () =>
        EventFilter.Info("end of log").ExpectOne(() =>
        {
            action();
            Log.Info("end of log");
        }));

    [GeneratedRegex("a.*b")]
    private static partial Regex Pattern();

    [GeneratedRegex("^outs")]
    private static partial Regex OutsidePattern();

    private sealed class Logger : ReceiveActor
    {
        public Logger()
        {
            Receive<string>(text => Context.GetLogger().Info(text));
            Receive<int>(_ => throw new InvalidTimeZoneException("broken"));
        }
    }
}
