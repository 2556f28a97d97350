using System.Runtime.InteropServices;
using System.Text;

namespace Handoff.Transport.Children;

// Texts as execve(2) takes them: pointers to bytes that end with a zero, the last pointer null.
internal sealed unsafe class TextVector : IDisposable
{
    public TextVector(IReadOnlyList<string> texts)
    {
        var room = (nuint)((texts.Count + 1) * sizeof(byte*));
        foreach (var text in texts) room += (nuint)Encoding.UTF8.GetByteCount(text) + 1;
        Pointers = (byte**)NativeMemory.Alloc(room);
        var next = (byte*)(Pointers + texts.Count + 1);
        for (var i = 0; i < texts.Count; i++)
        {
            Pointers[i] = next;
            var length = Encoding.UTF8.GetByteCount(texts[i]);
            Encoding.UTF8.GetBytes(texts[i], new Span<byte>(next, length));
            next[length] = 0;
            next += length + 1;
        }

        Pointers[texts.Count] = null;
    }

    public byte** Pointers { get; private set; }

    public byte* this[int index] => Pointers[index];

    public void Dispose()
    {
        NativeMemory.Free(Pointers);
        Pointers = null;
    }
}
