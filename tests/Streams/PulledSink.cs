using System.Threading.Channels;
using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Streams.Tests;

// Asks for an element when the test does, and never before.
internal sealed class PulledSink<T> : GraphStageWithMaterializedValue<SinkShape<T>, PulledSink<T>.Puller>
{
    private readonly Inlet<T> _in = new("pulled.in");

    public override SinkShape<T> Shape => new(_in);

    public override ILogicAndMaterializedValue<Puller> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = new Logic(Shape, _in);
        return new LogicAndMaterializedValue<Puller>(logic, logic.Puller);
    }

    // One call at a time.
    public sealed class Puller(Channel<T> elements, Action pull, Action cancel)
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // How the stream ends: with the exception that it fails with.
        public Task Ended => elements.Reader.Completion;

        public async Task<(bool HasValue, T? Value)> PullAsync()
        {
            await StartedAsync();
            pull();
            try
            {
                using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
                return (true, await elements.Reader.ReadAsync(bound.Token));
            }
            catch (ChannelClosedException closed) when (closed.InnerException is { } failure)
            {
                throw failure;
            }
            catch (ChannelClosedException)
            {
                return (false, default);
            }
        }

        public async Task CancelAsync()
        {
            await StartedAsync();
            cancel();
        }

        public Task StartedAsync() => _started.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public void Start() => _started.SetResult();
    }

    private sealed class Logic : GraphStageLogic
    {
        private readonly Channel<T> _elements = Channel.CreateUnbounded<T>();
        private readonly Inlet<T> _in;
        private Action _pull = null!;
        private Action _cancel = null!;

        public Logic(SinkShape<T> shape, Inlet<T> inlet)
            : base(shape)
        {
            _in = inlet;
            Puller = new Puller(_elements, () => _pull(), () => _cancel());
            SetHandler(inlet, () => _elements.Writer.TryWrite(Grab(inlet)), () => End(null), End);
        }

        public Puller Puller { get; }

        public override void PreStart()
        {
            _pull = GetAsyncCallback(() =>
            {
                if (!IsClosed(_in)) Pull(_in);
            });
            _cancel = GetAsyncCallback(CompleteStage);
            Puller.Start();
        }

        public override void PostStop() =>
            _elements.Writer.TryComplete(new OperationCanceledException("It was cancelled."));

        private void End(Exception? failure)
        {
            _elements.Writer.TryComplete(failure);
            CompleteStage();
        }
    }
}
