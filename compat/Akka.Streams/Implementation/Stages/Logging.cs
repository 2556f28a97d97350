using Akka.Event;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal sealed class Log<T>(string name, Func<T, object> extract, ILoggingAdapter log) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(this, inheritedAttributes, name, extract, log);

    private sealed class Logic(
        Log<T> stage, Attributes attributes, string name, Func<T, object> extract, ILoggingAdapter adapter)
        : FlowLogic<T, T>(stage, attributes)
    {
        private readonly Attributes.LogLevels _levels = attributes.GetAttribute(
            new Attributes.LogLevels(LogLevel.DebugLevel, LogLevel.DebugLevel, LogLevel.ErrorLevel));

        private ILoggingAdapter _log = adapter;

        public override void PreStart() => _log ??= MaterializerImpl.MakeLogger(MaterializerImpl.Supervisor);

        public override void OnPush()
        {
            try
            {
                var element = Grab(In);
                if (IsOn(_levels.OnElement))
                    _log.Log(_levels.OnElement, null, $"[{name}] Element: {extract(element)}");
                Push(Out, element);
            }
            catch (Exception cause)
            {
                if (Survives(cause))
                    PullIfOpen();
            }
        }

        public override void OnUpstreamFinish()
        {
            if (IsOn(_levels.OnFinish))
                _log.Log(_levels.OnFinish, null, $"[{name}] Upstream finished.");
            CompleteStage();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            if (_levels.OnFailure == LogLevel.ErrorLevel)
                _log.Error(e, "[{0}] Upstream failed.", name);
            else if (IsOn(_levels.OnFailure))
                _log.Log(_levels.OnFailure, null, $"[{name}] Upstream failed, cause: {e.GetType().Name}: {e.Message}");
            FailStage(e);
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            if (IsOn(_levels.OnFinish))
                _log.Log(_levels.OnFinish, null, $"[{name}] Downstream finished, cause: {cause.GetType().Name}");
            CancelStage(cause);
        }

        private bool IsOn(LogLevel level) => level != Attributes.LogLevels.Off && _log.IsEnabled(level);
    }
}
