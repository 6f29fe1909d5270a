using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies libLibTorchSharp.so and, where the system's libstdc++ lacks GLIBCXX_3.4.32, marks the copy's need of that
/// version as weak, so that the loader does not insist on it. Only the symbol of a start-up no-op has that version and no
/// relocation uses it; a file of which that is not true is refused.
/// </summary>
public sealed class MendLibTorchSharp : Task
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string NoOp = "_ZSt21ios_base_library_initv";
    private const uint DynamicSymbols = 11, Relocations = 4, VersionNeeds = 0x6ffffffe, VersionOfSymbols = 0x6fffffff;
    private const int Weak = 2;

    /// <summary>The package's file.</summary>
    [Required]
    public string Source { get; set; }

    /// <summary>The file to write; replaced, never written in place, because outputs are hard links to it.</summary>
    [Required]
    public string Target { get; set; }

    /// <summary>The system's libstdc++.so.6, in every place where it was found.</summary>
    public string[] SystemLibraries { get; set; } = new string[0];

    public override bool Execute()
    {
        try
        {
            var bytes = File.ReadAllBytes(Source);
            if (SystemLibraries.Any(HasVersion))
            {
                Log.LogMessage("The system has {0}: {1} stays as it is.", Version, Source);
            }
            else
            {
                MakeNeedWeak(bytes);
                Log.LogMessage("The system lacks {0}: {1} no longer insists on it.", Version, Target);
            }

            Replace(bytes);
        }
        catch (InvalidDataException e)
        {
            Refuse(e.Message);
        }
        catch (Exception e) when (e is ArgumentException || e is OverflowException)
        {
            Refuse("a table points outside the file");
        }
        catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
        {
            Log.LogErrorFromException(e);
        }

        return !Log.HasLoggedErrors;
    }

    private void Refuse(string reason) => Log.LogError(
        "{0} cannot be mended for a libstdc++ without {1}: {2}. Use a system with the libstdc++ of GCC 13 or newer, or "
        + "adapt build/MendLibTorchSharp.cs to this version of TorchSharp.", Source, Version, reason);

    private static bool HasVersion(string library) =>
        Encoding.GetEncoding("iso-8859-1").GetString(File.ReadAllBytes(library)).Contains(Version + "\0");

    private void Replace(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target));
        var beside = Target + ".new";
        File.WriteAllBytes(beside, bytes);
        File.Delete(Target);
        File.Move(beside, Target);
    }

    private static void MakeNeedWeak(byte[] elf)
    {
        Expect(elf.Length > 64 && BitConverter.ToUInt32(elf, 0) == 0x464c457f, "not an ELF file");
        Expect(elf[4] == 2 && elf[5] == 1, "not 64-bit little-endian");
        var sections = Sections(elf);
        var needs = Only(sections, VersionNeeds);
        var entry = FindNeed(elf, needs, sections[needs.Link]);
        ExpectUnused(elf, sections, BitConverter.ToUInt16(elf, entry + 6));
        elf[entry + 4] |= Weak;
    }

    /// <summary>Offset of the one Elf64_Vernaux {hash u32, flags u16, other u16, name u32, next u32} of our version.</summary>
    private static int FindNeed(byte[] elf, Section needs, Section names)
    {
        var found = new List<int>();
        for (int file = needs.Offset, files = needs.Info; files > 0; files--)
        {
            var entry = file + BitConverter.ToInt32(elf, file + 8);
            for (int left = BitConverter.ToUInt16(elf, file + 2); left > 0; left--)
            {
                if (Text(elf, names, BitConverter.ToInt32(elf, entry + 8)) == Version)
                {
                    found.Add(entry);
                }

                entry += BitConverter.ToInt32(elf, entry + 12);
            }

            file += BitConverter.ToInt32(elf, file + 12);
        }

        Expect(found.Count == 1, Version + " is needed " + found.Count + " times instead of once");
        return found[0];
    }

    /// <summary>Only the no-op has the version, and no relocation names it: the loader never looks it up.</summary>
    private static void ExpectUnused(byte[] elf, List<Section> sections, int version)
    {
        var symbols = Only(sections, DynamicSymbols);
        var versions = Only(sections, VersionOfSymbols);
        for (var i = 0; i < versions.Size / 2; i++)
        {
            if (BitConverter.ToUInt16(elf, versions.Offset + (2 * i)) != version)
            {
                continue;
            }

            var name = Text(elf, sections[symbols.Link], BitConverter.ToInt32(elf, symbols.Offset + (24 * i)));
            Expect(name == NoOp, name + " has version " + Version + ", expected only " + NoOp);
            foreach (var s in sections.Where(s => s.Type == Relocations))
            {
                for (var r = s.Offset; r < s.Offset + s.Size; r += 24)
                {
                    Expect(BitConverter.ToInt32(elf, r + 12) != i, "a relocation uses " + name);
                }
            }
        }
    }

    private static List<Section> Sections(byte[] elf)
    {
        var start = checked((int)BitConverter.ToInt64(elf, 40));
        return Enumerable.Range(0, BitConverter.ToUInt16(elf, 60)).Select(i => new Section(elf, start + (64 * i))).ToList();
    }

    private static Section Only(List<Section> sections, uint type)
    {
        var found = sections.Where(s => s.Type == type).ToList();
        Expect(found.Count == 1, found.Count + " sections of type 0x" + type.ToString("x") + " instead of one");
        return found[0];
    }

    private static string Text(byte[] elf, Section names, int offset)
    {
        var start = names.Offset + offset;
        return Encoding.ASCII.GetString(elf, start, Array.IndexOf(elf, (byte)0, start) - start);
    }

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    private sealed class Section
    {
        public Section(byte[] elf, int header)
        {
            Type = BitConverter.ToUInt32(elf, header + 4);
            Offset = checked((int)BitConverter.ToInt64(elf, header + 24));
            Size = checked((int)BitConverter.ToInt64(elf, header + 32));
            Link = BitConverter.ToInt32(elf, header + 40);
            Info = BitConverter.ToInt32(elf, header + 44);
        }

        public uint Type { get; }

        public int Offset { get; }

        public int Size { get; }

        public int Link { get; }

        public int Info { get; }
    }
}
