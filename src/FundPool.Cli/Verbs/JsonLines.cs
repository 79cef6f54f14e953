using System.Collections.Concurrent;
using System.Threading.Channels;
using FundPool.Domain.Kernel;

namespace FundPool.Cli.Verbs;

/// <summary>Answers a line of standard input with a line of standard output, in order. What has been read is answered at once, several blocks at a time.</summary>
internal sealed class JsonLines(JsonLines.Answer answer)
{
    private const int BlockSize = 256 * 1024;
    private readonly ConcurrentBag<Utf8Text> spare = [];

    /// <summary>Answers one line; false where it was refused.</summary>
    public delegate bool Answer(ReadOnlySpan<byte> line, Utf8Text text);

    /// <summary>Answers everything; false where any line was refused.</summary>
    public async Task<bool> RunAsync(Stream input, Stream output)
    {
        Channel<Task<Block>> blocks = Channel.CreateBounded<Task<Block>>(Environment.ProcessorCount * 4);
        Task<bool> writing = WriteAsync(blocks.Reader, output);
        try
        {
            await ReadAsync(input, blocks.Writer, writing);
        }
        finally
        {
            blocks.Writer.Complete();
        }

        return await writing;
    }

    private async Task ReadAsync(Stream input, ChannelWriter<Task<Block>> blocks, Task writing)
    {
        byte[] buffer = new byte[BlockSize];
        int kept = 0;
        bool first = true;
        while (!writing.IsCompleted)
        {
            int read = await input.ReadAsync(buffer.AsMemory(kept));
            if (read == 0)
            {
                break;
            }

            int filled = kept + read;
            int end = buffer.AsSpan(kept, read).LastIndexOf((byte)'\n');
            if (end < 0)
            {
                kept = filled;
                if (kept == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2); // A line longer than a block.
                }

                continue;
            }

            int length = kept + end + 1;
            byte[] next = new byte[Math.Max(BlockSize, (filled - length) * 2)];
            buffer.AsSpan(length, filled - length).CopyTo(next);
            await QueueAsync(blocks, buffer, length, first);
            first = false;
            kept = filled - length;
            buffer = next;
        }

        if (kept > 0)
        {
            await QueueAsync(blocks, buffer, kept, first);
        }
    }

    private async Task QueueAsync(ChannelWriter<Task<Block>> blocks, byte[] buffer, int length, bool first) =>
        await blocks.WriteAsync(Task.Run(() => Work(buffer.AsSpan(0, length), first)));

    private Block Work(ReadOnlySpan<byte> lines, bool first)
    {
        if (!spare.TryTake(out Utf8Text? text))
        {
            text = new Utf8Text();
        }

        text.Clear();
        if (first && lines.StartsWith("\uFEFF"u8))
        {
            lines = lines[3..];
        }

        bool sound = true;
        while (lines.Length > 0)
        {
            int end = lines.IndexOf((byte)'\n');
            sound &= answer(end < 0 ? lines : lines[..end], text);
            lines = end < 0 ? [] : lines[(end + 1)..];
        }

        return new Block(text, sound);
    }

    private async Task<bool> WriteAsync(ChannelReader<Task<Block>> blocks, Stream output)
    {
        bool sound = true;
        await foreach (Task<Block> working in blocks.ReadAllAsync())
        {
            Block block = await working;
            sound &= block.Sound;
            await output.WriteAsync(block.Text.Memory);
            await output.FlushAsync();
            spare.Add(block.Text);
        }

        return sound;
    }

    private readonly record struct Block(Utf8Text Text, bool Sound);
}
