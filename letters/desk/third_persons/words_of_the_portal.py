"""The words around people's names in the portal's own languages that have capitals."""

from letters.desk.third_persons.capital_words import words

OF = {
    "en": words(
        titles="""
        mr mrs ms miss mx dr doctor prof professor sir madam judge justice officer inspector
        sergeant sgt constable detective captain capt colonel col lieutenant lt pastor reverend rev
        father brother sister fr imam sheikh rabbi coach nurse teacher lawyer advocate attorney
        engineer principal headmaster chief uncle aunt auntie aunty grandma grandpa granny cousin
        master lord lady dean
        """,
        relations="""
        ex husband wife boyfriend girlfriend partner fiancé fiancée lover father mother dad mum mom
        brother sister son daughter sons daughters child children kids baby twins uncle aunt
        auntie cousin cousins nephew niece grandfather grandmother grandson granddaughter
        stepfather stepmother stepdad stepbrother stepson step-father half-brother father-in-law
        mother-in-law brother-in-law sister-in-law boss manager supervisor employer colleague
        colleagues coworker co-worker workmate teacher tutor coach trainer professor lecturer
        headteacher principal doctor dentist therapist counsellor psychologist gynaecologist nurse
        lawyer solicitor neighbour neighbor neighbours landlord landlady housemate flatmate
        roommate friend friends classmate schoolmate rapist abuser stalker attacker harasser
        blackmailer perpetrator man boy guy woman girl bloke lad dude pastor priest driver officer
        policeman policewoman sergeant detective student pupil client patient director editor
        photographer producer guard late
        """,
        naming="""
        called named by nicknamed surnamed alias with met dear hello hi darling married when
        because that if while certain told call calls asked know knew blame saw remember thank
        """,
        between="named called surnamed old late own former then now",
        own="my his her our their your the a an",
        openers="""
        i i'm i've i'd i'll you your he she it its it's we our they their my his her the a an this
        that these those there here and but or so if when where why how who what which because
        while after before since until then than as at by for from in into of on onto off to with
        without about against between through during over under again not no nor never nothing
        nobody none everyone everybody everything someone somebody something anyone anybody
        anything all any both each few many more most much other another some such only own same
        too very just now today tomorrow yesterday tonight once twice one two three four five six
        seven eight nine ten first last next please thank thanks dear hello hi hey stop let let's
        take make keep give tell ask do does did don't didn't can could can't cannot will would
        won't shall should may might must is are was were am be been being have has had yes well
        maybe perhaps still even although though however instead also always sometimes often
        sincerely yours love best regards kind warm write read look listen remember imagine
        believe think know see come go get put say said told women men girls boys people children
        survivors survivor friend friends sister sisters stranger strangers teachers parents poor
        brave beloved last every later meanwhile somehow two-thirds half whoever whatever nowhere
        everywhere mother father mum mom dad minister officer honourable honorable excellency
        english spanish french arab muslim christian hindu jewish black white african asian
        american british indian german italian european latin catholic monday's sunday's
        """,
        acts="""
        said told asked hit raped beat kicked punched slapped threatened followed forced grabbed
        touched harassed posted sent shared laughed wrote texted messaged lied blackmailed stalked
        abused assaulted pushed knows lives works lied kissed cried answered shouted insisted
        swore filmed recorded leaked uploaded drank died married left
        """,
        whom="me us my her him",
    ),
    "es": words(
        titles="""
        señor señora señorita sr sra srta don doña d dña dr dra doctor doctora profesor profesora
        profe maestro maestra licenciado licenciada lic ingeniero ingeniera ing abogado abogada juez
        jueza padre sor pastor oficial sargento sargenta comisario inspector inspectora agente
        capitán coronel teniente cabo fray tío tía abuelo abuela comadre compadre hermano hermana
        """,
        relations="""
        ex marido esposo esposa mujer novio novia pareja amante prometido padre madre papá mamá
        hermano hermana hijo hija hijos hijas hermanos hermanas tío tía tíos primo prima primos
        sobrino sobrina abuelo abuela nieto nieta padrastro madrastra hermanastro suegro suegra
        cuñado cuñada yerno nuera jefe jefa patrón patrona encargado supervisor supervisora
        compañero compañera colega profesor profesora profe maestro maestra entrenador entrenadora
        doctor médico médica psicólogo terapeuta ginecólogo abogado abogada vecino vecina vecinos
        casero casera amigo amiga amigos amigas violador agresor acosador maltratador tipo hombre
        muchacho chico chica señor señora pastor cura chofer policía comisario oficial alumno
        alumna cliente director directora fotógrafo padrino madrina comadre compadre
        """,
        naming="""
        llamado llamada apodado apodada alias llama llamaba por fue fueron con conocí querida
        querido hola estimada estimado cuando porque que tal si mientras conozco y
        """,
        between="actual anterior mayor menor antiguo antigua llamado llamada difunto difunta",
        own="mi mis su sus nuestro nuestra tu el la los las un una",
        openers="""
        yo tú él ella usted ustedes nosotras nosotros ellos ellas mi mis tu tus su sus nuestro
        nuestra el la los las un una unos unas lo este esta estos estas ese esa eso esto aquel
        aquella y o pero ni que qué quien quién cuando cuándo donde dónde como cómo porque por para
        con sin sobre entre desde hasta de del en a al ante bajo contra según tras si sí no nunca
        jamás nada nadie todo todos todas toda alguien algo alguno algunas cada otro otra otros
        otras muchos muchas mucho más menos muy tan tanto ya hoy ayer mañana anoche ahora después
        antes luego entonces también tampoco sólo solo aún todavía siempre aquí allí allá así
        aunque mientras gracias hola querida querido queridas queridos estimado estimada estimados
        señores señoras señor señora amiga amigas hermana hermanas desconocida le les me nos te se
        es era fue son soy somos está estoy estaba hay había han ha he tengo tenía tiene hace
        quiero quisiera amo odio pido escribo mire miren oiga ojalá perdón basta ni dos tres cuatro
        cinco mujeres hombres niñas personas gente mamá papá dios excelentísimo excelentísima
        atentamente cariño besos abrazos durante primero cualquier ambos ninguna ninguno soy
        """,
        acts="""
        dijo pegó golpeó violó amenazó siguió obligó agarró tocó acosó publicó mandó envió subió
        compartió grabó filmó escribió mintió vive trabaja sabe rio gritó llamó empujó besó
        contestó respondió preguntó murió
        """,
        whom="me nos le la",
    ),
    "fr": words(
        titles="""
        m mr monsieur mme madame mlle mademoiselle dr docteur docteure pr professeur professeure me
        maître juge père sœur frère abbé curé pasteur imam commissaire inspecteur inspectrice
        brigadier capitaine lieutenant adjudant commandant officier oncle tante tonton tata tatie
        """,
        relations="""
        ex mari femme époux épouse copain copine petit-ami conjoint conjointe compagnon compagne
        fiancé fiancée amant père mère papa maman frère sœur fils fille filles enfants frères
        sœurs oncle tante cousin cousine neveu nièce grand-père grand-mère petit-fils beau-père
        belle-mère beau-frère belle-sœur demi-frère patron patronne chef cheffe responsable
        supérieur employeur collègue collègues prof professeur professeure maître maîtresse
        instituteur entraîneur médecin docteur psy dentiste gynécologue avocat avocate voisin
        voisine voisins propriétaire colocataire coloc ami amie amis amies violeur agresseur
        harceleur type homme garçon mec prêtre curé pasteur policier gendarme élève client
        directeur directrice photographe parrain marraine
        """,
        naming="""
        appelé appelée nommé nommée surnommé dénommé dénommée prénommé prénommée par avec rencontré
        chère cher bonjour salut quand que qu' si certain parce demandez demande connais connaît et
        """,
        between="actuel ancien ancienne aîné aînée nommé nommée appelé appelée feu",
        own="mon ma mes son sa ses notre nos votre leur le la les l' un une",
        openers="""
        je j' tu il elle on nous vous ils elles moi toi lui mon ma mes ton ta tes son sa ses notre
        nos votre vos leur leurs le la les l' un une des du de d' au aux ce cet cette ces c' ça cela
        et ou mais donc or ni car que qu' qui quoi quand où comment pourquoi combien si s' comme
        parce pour par avec sans sous sur dans en entre vers chez depuis pendant avant après
        jusqu' contre ne n' pas jamais rien personne tout tous toute toutes chacun chacune chaque
        autre autres certains certaines plusieurs beaucoup peu plus moins très trop aussi encore
        déjà toujours souvent parfois ici là alors ensuite puis enfin aujourd'hui hier demain
        maintenant oui non merci bonjour salut bonsoir chère cher chères chers madame messieurs
        mesdames monsieur amie amies est était suis sont ai avons a y m' t' quelqu' quelques quel
        quelle lorsqu' lorsque puisque quoique bien mal cordialement voilà voici femmes hommes
        filles gens maman papa dieu amour bises deux trois quatre cinq chaque même dès vous-même
        """,
        acts="""
        dit frappe frappait menace menaçait disait écrit écrivait vit habite travaille sait riait
        publie envoie
        """,
        whom="m' me nous lui",
    ),
}
