using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Passing;

// Descriptors that came with a message, in its order: whoever has this has them. Dispose closes those that are left.
internal sealed class PassedDescriptors(IEnumerable<int> numbers) : IDisposable
{
    private readonly Queue<SocketDescriptor> _left = new(numbers.Select(number => new SocketDescriptor(number)));

    public static PassedDescriptors None { get; } = new([]);

    public int Count => _left.Count;

    // The next one, which is the caller's from here on.
    public SocketDescriptor Take() => _left.Dequeue();

    public void Dispose()
    {
        while (_left.TryDequeue(out var left)) left.Dispose();
    }
}
